# Consents: questions, receipts, preference centre, stop and undo, export, erasure, leaving.

consent-agree-button = Соглашаюсь
# $title, $number, $total, $summary - words of the document
consent-ask =
    <b>{ $title }</b> ({ $number } из { $total })

    { $summary }

    Полный текст выше: нажмите на него, чтобы развернуть. Отказ ни на что другое не влияет, передумать можно в любой момент.
consent-ask-again =
    Мы изменили документ «{ $title }», поэтому спрашиваем заново. Пока вы не ответили, ничего по старому согласию не делаем.
consent-back-after-block = С возвращением! Пока бот был заблокирован, мы отключили сводки и советы. Вернуть их можно одной кнопкой.
consent-centre =
    <b>Ваши согласия и настройки</b>

    Каждое согласие отдельное. Нажмите, чтобы прочитать текст или изменить решение.
# $title, $state - ready words
consent-centre-line = { $state } · { $title }
consent-child-conflict = Родители решили по-разному. Пока действует более строгое решение, а наш сотрудник свяжется с вами.
consent-decline-button = Не соглашаюсь
consent-delete-ask =
    <b>Удалить ваши данные?</b>

    Удалим: вас, детей, прогресс, настройки, переписку с ботом и всё, что ещё не отправлено.
    Останется: запись о согласиях без имени, её хранить требует закон, и отпечаток адреса, по которому вас не узнать. Он нужен, чтобы данные не вернулись к нам из другой системы.

    Вернуть удалённое не получится.
consent-delete-button = Удалить навсегда
# $name
consent-delete-child-ask =
    <b>Удалить данные ребёнка ({ $name })?</b>

    Удалим имя, возраст, прогресс и задания. Данные других детей останутся. Вернуть удалённое не получится.
consent-deleted = Готово, данные удалены. Акт об уничтожении в этом файле. Если захотите вернуться, просто напишите /start
consent-deleted-child = Готово, данные ребёнка удалены. Акт об уничтожении в этом файле.
consent-document-button = Прочитать полностью
consent-export-file = moi-dannye
consent-export-ready = Здесь всё, что мы о вас храним: файл для чтения и файл для программ.
consent-export-started = Собираем. Обычно это занимает меньше минуты.
consent-intro =
    <b>О данных, честно и коротко</b>

    Закон просит спрашивать о каждой цели отдельно, поэтому вопросов несколько. Обязательных среди них нет: без согласия просто не будет той части, которой оно касается.
consent-leave-ask =
    Уходите? Два нажатия, и сообщения прекратятся. Настройки сохраним на случай, если вернётесь.
consent-leave-button = Уйти
consent-leave-question-better = Что мы могли бы сделать лучше?
consent-leave-question-cause = Что стало основной причиной?
consent-leave-question-change = Есть ли что-то, что нам стоит изменить?
consent-leave-survey =
    Если найдётся минута, ответьте на три вопроса. Это поможет другим семьям, а переубеждать мы не будем.
consent-left =
    Готово: сводок, советов и новостей больше не будет. Спасибо, что были с нами.
    Дверь открыта: вернуться можно кнопкой ниже или позже здесь: /consent
consent-pause-off-button = Снять паузу
consent-pause-over = Пауза снята. Ничего из пропущенного присылать не будем.
# $duration - ready words in the accusative
consent-pause-set = Не пишем { $duration }. Уведомления об оплате и ответы на ваши вопросы придут как обычно.
# $title, $date - ready words, $version, $record
consent-receipt-granted =
    Согласие записано: <b>{ $title }</b>.
    { $date }, версия { $version }, запись <code>{ $record }</code>.
    Отозвать можно в любой момент: /consent
# $title
consent-receipt-refused =
    Поняли, без этого обойдёмся: <b>{ $title }</b>. Запись <code>{ $record }</code>.
    Передумаете, всё здесь: /consent
consent-receipt-withdrawn =
    Согласие отозвано: <b>{ $title }</b>.
    { $date }, запись <code>{ $record }</code>. Действует сразу, также для того, что уже стояло в очереди.
consent-settings-digest = Сводка недели: { $weekday }, { $hour }
consent-settings-quiet = Тихие часы: с { $from } до { $to }
consent-state-expired = ⌛ истекло
consent-state-granted = ✓ да
consent-state-none = · нет ответа
consent-state-refused = ✕ нет
consent-state-suspended = … ждёт ответа
consent-state-withdrawn = ✕ отозвано
consent-stop-button = Не присылать такое
# $link
consent-stop-link = <a href="{ $link }">Отписаться на сайте</a>
consent-stopped =
    Больше не присылаем ни сводок, ни советов, ни новостей. Ответы на ваши вопросы, оплата и расписание остаются.
    Если это случайность, верните одной кнопкой.
consent-stopped-already = Мы и так ничего не присылаем. Изменить это можно здесь: /consent
consent-teen-ask =
    Привет! Тебе уже есть 14, поэтому спрашиваем и тебя: можно ли школе хранить твой прогресс и писать тебе о занятиях? Без ответа не пишем.
consent-title-child-data = Данные ребёнка и его прогресс
consent-title-cross-border = Передача данных за рубеж (Telegram)
consent-title-marketing = Новости и предложения школы
consent-title-personalisation = Советы по возрасту и имени
consent-title-service = Работа бота и ответы на вопросы
consent-undo-stop = Вернули: сообщения снова приходят, с теми же настройками.
consent-withdraw-button = Отозвать
