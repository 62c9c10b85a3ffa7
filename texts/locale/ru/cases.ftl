# Cards in the staff forum: cases of moderation.

case-assigned-to = Занимается: { $name }
case-author = <b>Автор:</b> { $author } ({ $standing })
case-ban-button = Закрыть доступ
# $id, $rules - ready words, $topic, $author, $standing, $action, $evidence - ready markup, $link
case-card =
    <b>Случай № { $id }</b> · { $rules }
    Тема: { $topic }
    Автор: { $author }, { $standing }
    Сделано: <b>{ $action }</b>

    { $evidence }
case-claim-button = Беру
case-claimed = Случай № { $id } за вами. Решить лучше до { $hour }.
case-confirm-button = Всё верно
case-decided = <b>Случай № { $id }</b> решён: { $decision }. { $name }, { $time }.
case-decided-reason = Причина: { $reason }
case-decision-ban = доступ закрыт
case-decision-dismiss = оставили как есть
case-decision-escalate = передали эксперту
case-decision-hide = сообщение спрятано
case-decision-mute = пауза { $duration }
case-decision-undo = вернули как было
case-decision-warn = предупреждение
case-dismiss-button = Не нарушение
case-edited-after = Сообщение меняли после жалобы. Было и стало ниже.
case-escalate-button = Эксперту
case-evidence-line = • { $rule }: { $evidence }
case-evidence-purged = Текст удалён по сроку хранения, остались только пометки.
case-evidence-quote = <blockquote expandable>{ $text }</blockquote>
case-handed-over = Случай № { $id } ждёт уже { $duration }. Кто может взять?
case-hide-button = Спрятать
case-link-button = К сообщению
case-mute-button = Пауза на сутки
case-nobody-yet = Пока никто не взял.
case-note-saved = Записали.
case-own-decision = решение бота
case-release-button = Отдать
# $minutes
case-reminder = Случай № { $id } ждёт решения, осталось { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}.
case-reports = { $count ->
    [one] { $count } жалоба
    [few] { $count } жалобы
   *[many] { $count } жалоб
}
case-shadow = Пробный режим: бот ничего не делал, только записал.
case-similar = Похожих случаев: { $count }. Они объединены с этим.
case-standing-member = в сообществе { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}, сообщений: { $messages }
case-standing-newcomer = в сообществе недавно, сообщений: { $messages }
case-standing-staff = сотрудник
case-standing-strikes = { $strikes ->
    [0] замечаний нет
    [one] { $strikes } замечание
    [few] { $strikes } замечания
   *[many] { $strikes } замечаний
}
case-undo-button = Вернуть как было
case-undo-done = Вернули: { $restored }.
case-undo-impossible = Вернуть не удалось: { $lost }.
case-undo-part-ban = доступ в сообщество
case-undo-part-message = удалённое сообщение
case-undo-part-mute = право писать
case-warn-button = Предупредить
case-was-right-button = Бот прав
case-was-wrong-button = Бот ошибся
