# Duty: the week, changes, swaps.

# $link
calendar-feed = Чтобы календарь обновлялся сам, подпишитесь на адрес: { $link }
    Адрес личный, не пересылайте его.
calendar-name = Опора
duty-entry-title = Дежурство в сообществе
duty-file = dezhurstva
duty-help =
    <blockquote expandable>Как поменять:
    <code>/duty add пн 10:00-14:00</code> постоянные часы
    <code>/duty off 29.11</code> выходной
    <code>/duty extra 29.11 10-12</code> дополнительные часы
    <code>/duty swap 29.11</code> в ответ коллеге: попросить подменить
    <code>/duty limit 5</code> сколько вопросов держать сразу
    <code>/duty ics</code> файл для календаря</blockquote>
# $name, $open - open questions
duty-load-line = { $name }: { $open ->
    [one] { $open } открытый вопрос
    [few] { $open } открытых вопроса
   *[many] { $open } открытых вопросов
}
duty-saved = Записали.
duty-swap-accept-button = Подменю
# $day
duty-swap-asked = Коллега просит подменить на дежурстве { $day }. Получится?
# $day
duty-swap-told = Вас подменят { $day }. Можно отдыхать.
# $day
duty-week-day = <b>{ $day }</b>
duty-week-empty = На этой неделе дежурств нет.
# $starts, $ends, $names - ready words
duty-week-line = { $starts }–{ $ends } { $names }
duty-week-title = <b>Дежурства на неделю</b>
# $name, $speciality
duty-week-who = { $name } ({ $speciality })
refusal-duty-no-hours = В этот день у вас и так нет дежурства.
refusal-duty-not-an-expert = Дежурить могут эксперты. Сначала назначьте роль: /role
refusal-duty-other-speciality = Подменить может только эксперт той же специальности.
refusal-duty-swap-over = Эта подмена уже не нужна.
refusal-duty-swap-with-whom = Ответьте командой на сообщение коллеги, которого просите подменить.
refusal-duty-unknown = Такого дежурства нет.
