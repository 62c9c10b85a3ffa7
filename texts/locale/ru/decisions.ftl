# What was done about a case, by the bot and by people.

case-action-ban = сообщение удалено, доступ закрыт
case-action-escalate = передано эксперту
case-action-hide = сообщение спрятано
case-action-mute = сообщение спрятано, пауза в письме
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
refusal-case-decided = Этот случай уже решён: { $name }.
refusal-case-no-text = Текста уже нет или он о ребёнке, образца из него не выйдет.
refusal-case-not-found = Такого случая нет.
refusal-case-own = Своё сообщение разбирает кто-то другой.
