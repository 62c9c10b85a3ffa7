# Cards in the staff forum: cases of moderation.

case-appeal =
    <b>Просят пересмотреть случай № { $id }</b> · { $rules }
    Автор: { $author }
    Решение принял: { $decided }

    { $evidence }
    { $more }
    Ответить нужно в течение суток. Решает другой человек.
case-appeal-by-bot = бот
case-appeal-late = Просьба пересмотреть случай № { $id } ждёт уже сутки. Человек ждёт ответа.
case-appeal-reject-button = Оставить в силе
case-appeal-rejected = Решение оставили в силе: { $name }, { $time }.
case-appeal-upheld = Решение отменили: { $name }, { $time }.
case-appeal-uphold-button = Отменить решение
case-assigned-to = Занимается: { $name }
case-ban-button = Закрыть доступ
case-by-hand = Сообщению больше двух суток, боту его не удалить. Удалите вручную: { $link }
case-card =
    <b>Случай № { $id }</b> · { $rules }
    Тема: { $topic }
    Автор: { $author }, { $standing }; { $strikes }
    Сделано: <b>{ $action }</b>

    { $evidence }
    { $more }
    <a href="{ $link }">К сообщению</a>
# $id, $rules - ready words, $topic, $author, $standing, $action, $evidence - ready markup, $link
case-claim-button = Беру
case-claimed = Случай № { $id } за вами. Решить лучше до { $hour }.
case-decided = <b>Случай № { $id }</b> решён: { $decision }. { $name }, { $time }.
case-dismiss-button = Не нарушение
case-edited-after = Сообщение меняли после жалобы. Было и стало ниже.
case-escalate-button = Эксперту
case-evidence-line = • { $evidence } (уверенность { $percent } %)
case-evidence-quote = <blockquote expandable>{ $words }</blockquote>
case-evidence-shadow = • { $evidence } (уверенность { $percent } %, правило пока только наблюдает)
case-handed-over = Случай № { $id } ждёт уже { $duration }. Кто может взять?
case-hide-button = Спрятать
case-media = К случаю № { $id }
case-mute-button = Пауза на сутки
case-nobody-yet = Пока никто не взял.
case-not-done = ⚠️ Не получилось: боту не хватает права «{ $right }». Сообщение и автор остались как были.
case-note-saved = Записали.
case-queue =
    <b>Ждут решения:</b> { $count }
    { $lines }
case-queue-empty = Случаев без решения нет.
case-queue-line = № { $id } · { $rule } · до { $hour }
case-queue-line-claimed = № { $id } · { $rule } · до { $hour } · { $name }
case-raid-closed =
    <b>Наплыв новых участников</b> в «{ $chat }»: { $joins }.
    Новички пока только читают. Откроем сами, когда станет тихо.
case-raid-closed-by-hand = Вход в «{ $chat }» закрыт вручную: новички пока только читают.
case-raid-open-button = Открыть сейчас
case-raid-opened = Вход в «{ $chat }» снова открыт, новички могут писать.
case-reason-hint = Почему так решили, можно ответить на карточку, это увидят только сотрудники.
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
case-right-delete = удалять сообщения
case-right-missing =
    Боту не хватает права «{ $right }» в «{ $chat }». Пока его нет, бот замечает нарушения, но сделать ничего не может.
    Выдайте право в настройках администраторов, дальше всё заработает само.
case-right-restrict = блокировать участников
case-sample-forget-button = Убрать образец
case-sample-gone = Образец убрали.
case-sample-ham-button = Образец обычного
case-sample-saved = Запомнили образец: почти такие же тексты получат тот же ответ.
case-sample-spam-button = Образец рекламы
case-shadow = Пробный режим: бот ничего не делал, только записал.
case-similar = Похожих случаев: { $count }. Они объединены с этим.
case-standing-member = в сообществе { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}, сообщений: { $messages }
case-standing-newcomer = в сообществе недавно, сообщений: { $messages }
case-standing-strikes = { $strikes ->
    [0] замечаний нет
    [one] { $strikes } замечание
    [few] { $strikes } замечания
   *[many] { $strikes } замечаний
}
case-too-old = Сообщению больше двух суток, боту его уже не удалить. Удалите вручную по ссылке ниже.
case-undo-button = Вернуть как было
case-undo-done = Вернули: { $restored }.
case-undo-impossible = Вернуть не удалось: { $lost }.
case-undo-part-appeal = решение
case-undo-part-ban = доступ в сообщество
case-undo-part-message = удалённое сообщение
case-undo-part-mute = право писать
case-warn-button = Предупредить
case-was-right-button = Бот прав
case-weekly =
    <b>Модерация за неделю</b>
    Случаев: { $cases }, решено: { $decided }, отменено решений: { $undone }, ждут: { $waiting }.
    { $speed }
    Просьб пересмотреть: { $appeals }, удовлетворено: { $upheld }.

    <b>Кто решал</b>
    { $load }

    <b>Какие правила пригодились</b>
    { $rules }
case-weekly-moderator = • { $name }: { $count }
case-weekly-no-speed = Решений за неделю не было.
case-weekly-picture = Модерация за неделю: зелёное бот угадал, красное ошибся, серое ещё не решено.
case-weekly-rule = • { $rule }: { $cases }, люди согласились в { $percent } %
case-weekly-rule-open = • { $rule }: { $cases }, решений пока нет
case-weekly-speed = До решения обычно { $minutes } мин, дольше всего { $slowest } мин.
