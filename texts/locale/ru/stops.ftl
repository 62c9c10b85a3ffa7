# Commands of /broadcast, /freeze, /stopall and /why.

refusal-broadcast-label-needed = Для рекламы нужны рекламодатель и метка (erid). Укажите их: <code>/broadcast_label Реклама. ООО «Школа». erid: 2Vtz…</code>
refusal-broadcast-no-text = В рассылке пока нет текста. Напишите его сразу после команды: <code>/broadcast Приглашаем на открытый урок…</code>
refusal-delivery-freeze-backwards = Последний день заморозки раньше первого. Поменяйте даты местами.
refusal-delivery-person-unknown = Такого человека бот не знает. Проверьте номер или ответьте командой на его сообщение.
stops-broadcast-at-usage = День и час по местным часам получателя: <code>/broadcast_at 2026-12-01 10:00</code>. Сразу: <code>/broadcast_at now</code>
# $audience, $class, $when - words
stops-broadcast-draft =
    Кому: { $audience }
    Вид: { $class }
    Когда: { $when }
stops-broadcast-help =
    Напишите текст сразу после команды:
    <code>/broadcast Приглашаем на открытый урок…</code>

    Покажем, как его увидит семья, посчитаем получателей и попросим подтвердить.
stops-broadcast-label-set = Метка сохранена.
stops-broadcast-list-button = Список получателей
stops-broadcast-started = Рассылка запущена.
stops-count-button = Посчитать
stops-everybody = все родители
# $id, $from, $to, $reason
stops-freeze-line = № { $id }: { $from } – { $to }, { $reason }
stops-freeze-thawed = Заморозка снята.
stops-freeze-usage =
    Заморозить: <code>/freeze 2027-01-01 2027-01-08 каникулы</code>
    Снять: <code>/freeze off 3</code>
    Список: <code>/freeze</code>
stops-recipients-file = recipients.csv
stops-test-sent-alert = Сейчас придёт сюда
# $day, $hour
stops-when-local = { $day } в { $hour } по местным часам каждого
stops-when-now = сразу
# $days - number
stops-who-active =
    { $days ->
        [one] писали за { $days } день
        [few] писали за { $days } дня
       *[many] писали за { $days } дней
    }
# $audience - words
stops-who-ask =
    Кому: { $audience }

    В одной строке выбора достаточно одного совпадения, разные строки действуют вместе. Темы родители выбирают в /consent, возраст учитываем только с их согласия.
stops-who-button = Кому
stops-who-done-button = ← Готово
stops-who-missed = кто пропустил прошлую рассылку
stops-why-usage = Ответьте этой командой на сообщение человека или укажите его номер в Telegram: <code>/why 12345</code>
