# What was done about a case, by the bot and by people.

case-action-ban = сообщение удалено, доступ закрыт
case-action-banned = доступ закрыт, решение модератора
case-action-escalate = передано эксперту
case-action-hide = сообщение спрятано
case-action-mute = сообщение спрятано, пауза в письме
case-action-muted = пауза, решение модератора
case-action-none = ничего: только жалоба
case-action-not-done = не получилось, не хватает права
case-action-observe = ничего, пробный режим
case-action-review = ничего, нужно решение человека
case-action-warn = предупреждение
case-action-warned = предупреждение
# $name - the author, $words - what was written
case-put-back =
    <b>{ $name }</b> (сообщение вернул модератор):

    { $words }
case-verdict-ban = доступ закрыт
case-verdict-claimed = взят в работу
case-verdict-confirmed = бот прав
case-verdict-dismissed = не нарушение
case-verdict-escalated = передали эксперту
case-verdict-hide = сообщение спрятано
case-verdict-mute = пауза в письме
case-verdict-undone = вернули как было
case-verdict-warn = предупреждение
command-ban-asked = { $name } писал(а) здесь раньше, а Telegram при блокировке стирает все сообщения человека. Пока поставили на паузу. Подтвердите на карточке в «Случаях».
command-banned = Доступ закрыт: { $name }.
command-banned-for = Доступ закрыт на { $duration }: { $name }.
command-calm = Готовые слова, места в скобках заполните сами. Например: /calm calm-private name=Вера; topic=Общение
command-calm-line = <code>/calm { $id }</code> { $title }
command-help-ban = Ответьте на сообщение: /ban и причина. На время: /ban 7 дней. Или: /ban @имя причина.
command-help-history = Ответьте на сообщение: /history. Или: /history @имя.
command-help-mute = Ответьте на сообщение: /mute 2ч и причина. Или: /mute @имя 3 дня причина. Без срока пауза на час.
command-help-note = Ответьте на сообщение: /note и что запомнить. Видят только сотрудники.
command-help-purge = Ответьте командой /purge на первое из сообщений, которые нужно убрать.
command-help-raid = Например: /raid, /raid 30 минут, /raid выкл.
command-help-slow = Например: /slow 30с, /slow 2 минуты, /slow выкл.
command-help-unban = Ответьте на сообщение: /unban. Или: /unban @имя, /unban и номер.
command-help-warn = Ответьте на сообщение: /warn и причина. Или: /warn @имя причина.
command-history =
    <b>{ $name }</b> · { $id }
    Сообщений: { $messages }, случаев: { $cases }, действующих баллов: { $points }
command-history-ban = доступ закрыт
command-history-ended = • { $date }: { $what }, { $rule } (снято или истекло)
command-history-line = • { $date }: { $what }, { $rule }
command-history-mute = пауза
command-history-note = ✎ { $date }: { $words }
command-history-warn = предупреждение
command-muted = Пауза на { $duration }: { $name }.
command-noted = Заметка сохранена: { $name }. Видят только сотрудники.
command-purged = { $count ->
    [one] Убрали { $count } сообщение.
    [few] Убрали { $count } сообщения.
   *[many] Убрали { $count } сообщений.
}
command-purged-left = Убрали сообщений: { $count }. Старше двух суток осталось { $left }, их Telegram удалять не даёт.
command-raid-off = Вход открыт, новички могут писать.
command-raid-on = Вход закрыли на { $duration }: новички пока только читают. Открыть раньше: /raid выкл
command-raid-was-off = Вход и так открыт.
command-said = { $words }
command-slow = Теперь здесь пишут не чаще, чем раз в { $duration }. Вернуть: /slow выкл
command-slow-off = Медленный режим выключен.
command-unbanned = Ограничения сняты: { $name }.
command-warned = Предупредили: { $name }.
knob-at-once-score = будить дежурного от оценки
knob-ban-at = просьба закрыть доступ от баллов
knob-ban-score = закрывать доступ от оценки
knob-custom-emoji-max = картинок-эмодзи подряд
knob-dice-max = кубиков в окне
knob-duplicate-window-seconds = окно повторов, секунд
knob-duplicates-max = одинаковых сообщений
knob-held-seconds = пауза до решения о бане, секунд
knob-hide-score = прятать от оценки
knob-history-messages = подтверждать бан от сообщений
knob-joins-max = входов в окне
knob-least-characters = самый короткий текст, знаков
knob-least-letters = букв в имени не меньше
knob-least-words = слов не меньше
knob-links-allowed = ссылки
knob-links-max = ссылок в сообщении
knob-long-mute-at = долгая пауза от баллов
knob-long-mute-seconds = долгая пауза, секунд
knob-longest-mute-at = самая долгая пауза от баллов
knob-longest-mute-seconds = самая долгая пауза, секунд
knob-longest-seconds = самый длинный срок, секунд
knob-margin = перевес чужой темы
knob-media-allowed = картинки и файлы
knob-mentions-max = упоминаний в сообщении
knob-messages-max = сообщений в окне
knob-mode = режим
knob-mute-at = пауза от баллов
knob-mute-seconds = пауза, секунд
knob-newcomer-days = новичок, дней
knob-newcomer-messages = новичок, пока сообщений меньше
knob-newcomer-reactions-max = реакций новичка в окне
knob-night-end = конец ночи, минут от полуночи
knob-night-start = начало ночи, минут от полуночи
knob-profanity-to-review = бранных слов до замечания
knob-reactions-max = реакций в окне
knob-release-after-seconds = тихих секунд до открытия
knob-review-score = показывать модератору от оценки
knob-shortest-seconds = самый короткий срок, секунд
knob-signals-min = признаков рядом
knob-similarity = похожесть имён
knob-slow-seconds = секунд между сообщениями
knob-soft-first-times = раз без замечания
knob-standing-days = свой через дней
knob-standing-messages = свой после сообщений
knob-standing-points = прощается своим, баллов
knob-strike-days = дней помнится замечание
knob-topic-mode = кто пишет
knob-wave-authors = других авторов с тем же текстом
knob-window-seconds = окно, секунд
notice-moved = { $name } пишет (перенесли из темы «{ $topic }»):
policy-apply-button = Применить
policy-back-button = ← Назад
policy-changed = { $name }: <b>{ $knob }</b> теперь { $value }.
policy-knob = <b>{ $rule }: { $knob }</b>
    Сейчас: { $value }
policy-knob-limits = <b>{ $rule }: { $knob }</b>
    Сейчас: { $value }. Можно от { $low } до { $high }.
policy-ladder = лестница наказаний
policy-last = Последним менял(а) { $name }, { $date }.
policy-no = нет
policy-preview =
    <b>{ $knob }: { $value }</b>
    Проверили на последних сообщениях: { $messages }. Сейчас бот заметил бы { $before }, с новым числом { $after }: добавится { $more }, уйдёт { $fewer }.
policy-section = <b>{ $rule }</b>
policy-sections = Выберите правило.
policy-title = <b>Числа модерации</b>
    Для всего сообщества или для одной темы?
policy-undo-button = Вернуть как было
policy-undone = <b>{ $knob }</b>: вернули прежнее значение.
policy-value-experts-only = только эксперты
policy-value-live = работает
policy-value-off = выключено
policy-value-open = пишут все
policy-value-read-only = только чтение
policy-value-shadow = только наблюдает
policy-whole-chat = Всё сообщество
policy-yes = да
refusal-case-decided = Этот случай уже решён: { $name }.
refusal-case-no-text = Текста уже нет или он о ребёнке, образца из него не выйдет.
refusal-case-not-found = Такого случая нет.
refusal-case-own = Своё сообщение разбирает кто-то другой.
refusal-moderation-no-words = Напишите, что запомнить: /note и слова.
refusal-moderation-not-author = Решает тот, кто написал сообщение.
refusal-policy-changed-since = После этого число меняли ещё раз. Откройте его заново: /rules
refusal-report-not-possible = На это сообщение пожаловаться нельзя: его писали вы сами, бот или администратор. Напишите нам: /ask
refusal-report-too-many = Спасибо, жалоб от вас за час уже много. Посмотрим их по порядку, а с остальным подождите немного.
