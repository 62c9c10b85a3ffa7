# Preference centre in detail, stop from the web, the school's own form, staff cards about consent.

act-file = akt-ob-udalenii
# $title, $state, $date - ready words, $version
consent-card =
    <b>{ $title }</b>
    { $state }, { $date }, версия { $version }
# $title, $state - ready words
consent-card-new =
    <b>{ $title }</b>
    { $state }
consent-care-about =
    Сводка недели, напоминания о серии занятий, советы по возрасту. Выключить можно отдельно от всего остального.
consent-care-off-button = Выключить
consent-care-on-button = Включить
consent-centre-button = Все согласия
consent-changed = Мы изменили один из документов, на которые вы соглашались. Пока вы не ответили, ничего по старому согласию не делаем.
consent-child-let-go = Готово: вы больше не связаны с этим ребёнком, ваши согласия о нём отозваны. У ребёнка есть другой родитель, его данные мы сохранили.
# $child - our number
consent-conflict-card =
    Родители ребёнка № { $child } решили по-разному о его данных. Действует более строгое решение.
    Свяжитесь с обоими и помогите договориться. Подробности: /consents
# $name
consent-delete-child-button = Удалить только ребёнка: { $name }
consent-digest-ask = В какой день недели и в котором часу присылать сводку?
consent-digest-button = Сводка
# $seq, $reason - code
consent-ledger-broken =
    <b>Журнал согласий повреждён.</b> Первая неверная запись: { $seq } ({ $reason }).
    Рассылка по этому согласию остановлена. Что делать: docs/consent.md, раздел «When the ledger breaks».
consent-pause-ask = На сколько замолчать? Ответы на вопросы и уведомления об оплате приходят и во время паузы.
consent-pause-button = Пауза
consent-quiet-ask = Когда не беспокоить? Часы по вашему местному времени.
consent-quiet-button = Тихие часы
consent-quiet-off-button = Без тихих часов
consent-receipt-file = kvitanciya
consent-receipt-json-button = Квитанция файлом
consent-receipt-undone = Вернули: <b>{ $title }</b>. { $date }, запись <code>{ $record }</code>.
consent-state-superseded = … заменено новым
consent-teen-done = Спасибо, записали. Передумать можно в любой момент: попроси родителя прислать ссылку ещё раз.
# $age - full years, $link
consent-teen-link =
    Ребёнку уже { $age }, поэтому спрашиваем и его самого. Перешлите ему эту ссылку, она действует две недели:
    { $link }
consent-title-care = Сводки и напоминания
consent-topic-feelings = чувства и отношения
consent-topic-habits = привычки и режим
consent-topic-health = здоровье
consent-topic-learning = учёба
consent-topic-play = игры
consent-topic-school = школа и сад
consent-topic-screens = экраны и телефон
consent-topics-ask = О чём присылать чаще? Отметьте любое число тем.
consent-topics-button = Темы
# $link, $removed - ready words
consent-typed-data =
    Телефон и полную дату рождения мы не храним в Telegram: по закону им место в России.
    То, что вы написали, мы не сохранили. { $removed } Для таких данных есть форма школы: { $link }
# $removed - ready words
consent-typed-data-nowhere =
    Телефон и полную дату рождения мы не храним в Telegram: по закону им место в России.
    То, что вы написали, мы не сохранили. { $removed } Если школе нужны эти данные, она попросит их сама, не здесь.
consent-typed-gone = Сообщение убрали из чата.
consent-typed-stays = Удалите его, пожалуйста, из чата.
consent-zone-ask = В каком часовом поясе вы живёте?
consent-zone-button = Часовой пояс
consents-none = Этот человек ещё ничего не решал.
consents-staff-head = Согласия человека № { $person }. Ваш просмотр записан.
# $purpose, $state, $date - ready words, $version
consents-staff-line = { $purpose }: { $state }, { $date }, версия { $version }
consents-usage = Напишите номер или @имя: /consents @имя
export-children = Дети
export-consents = Согласия
export-contacts = Контакты
export-events = События
export-guardians = Кто чей родитель
export-messages = Ваши сообщения в сообществе
export-outbox = Что мы присылали
export-people = О вас
export-questions = Ваши вопросы
export-title = Ваши данные
form-ask = Эти данные хранятся на сервере школы в России и не попадают в Telegram.
form-birth-label = Полная дата рождения ребёнка
form-done = Спасибо, записали. Страницу можно закрыть.
form-phone-label = Телефон
form-save-button = Сохранить
form-title = Данные для школы
leave-better-lessons = занятия
leave-better-messages = сообщения
leave-better-nothing = всё хорошо
leave-better-price = цену
leave-better-support = поддержку
leave-better-teachers = преподавателей
leave-cause-child = ребёнку не подошло
leave-cause-messages = много сообщений
leave-cause-other = другое
leave-cause-other-school = выбрали другую школу
leave-cause-price = дорого
leave-cause-time = нет времени
leave-change-frequency = частоту сообщений
leave-change-nothing = нет
leave-change-price = оплату
leave-change-schedule = расписание
leave-change-topics = темы
leave-thanks = Спасибо, это поможет другим семьям. Будем рады, если вернётесь: /start
leave-words-ask = Напишите своими словами, одним сообщением. Имена и телефоны мы уберём.
leave-words-button = своими словами
# $number
privacy-child-nameless = ребёнок № { $number }
refusal-advertising-no-advertiser = Рекламу отправить нельзя: в настройках не указан рекламодатель.
refusal-advertising-no-erid = Рекламу отправить нельзя: нет токена erid.
refusal-advertising-no-label = Рекламу отправить нельзя: нет пометки «Реклама».
# $purpose
refusal-advertising-purpose = Рекламу можно отправлять только по согласию на рекламу, а не по «{ $purpose }».
refusal-consent-bad-key = Ключ подписи записан неверно.
refusal-consent-link-forged = Эта ссылка не от нас или повреждена. Все согласия есть в боте: /consent
refusal-consent-stale = С тех пор вы уже решили иначе, возвращать нечего. Как сейчас: /consent
refusal-consent-unknown-receipt = Такой записи у вас нет. Все согласия: /consent
refusal-form-birth = Проверьте дату рождения.
refusal-form-phone = Проверьте номер телефона: нужны 10–15 цифр.
refusal-privacy-nothing = Удалять нечего: данных о вас у нас нет.
web-document-title = Документ
web-stop-already = Вы уже отписаны. Больше ничего делать не нужно.
web-stop-ask = Больше не присылать советы, сводки и новости школы?
web-stop-button = Отписаться
web-stop-done = Готово. Больше не присылаем. Передумаете, всё найдётся в боте: /consent
web-stop-title = Отписка
web-undo-button = Вернуть как было
web-undone = Вернули как было.
