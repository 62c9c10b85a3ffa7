# Mailings by the staff: compose, preview, count, send, watch, stop; /why.

broadcast-cancel-button = Отменить рассылку
broadcast-cancelled = Рассылка отменена. Отправлено: { $sent }, отменено: { $cancelled }.
broadcast-class-care-button = Забота
broadcast-class-marketing-button = Реклама
broadcast-class-service-button = Служебное
# $planned, $excluded, $reasons - ready markup
broadcast-count =
    Получат: <b>{ $planned }</b>
    Не получат: { $excluded }
    { $reasons }
broadcast-done =
    <b>Рассылка закончена</b>
    Отправлено { $sent } из { $planned }. Остальное по причинам:
    { $reasons }
broadcast-emergency = <b>Все рассылки остановлены.</b> Служебные сообщения идут. Включить снова: /stopall off
broadcast-emergency-off = Рассылки снова идут. Просроченное не досылаем.
broadcast-freeze-added = Заморозка с { $from } по { $to }: { $reason }. Рассылок в эти дни не будет, серии сохраняются.
broadcast-freeze-none = Заморозок нет.
broadcast-missed-button = Отправить тем, кто пропустил
broadcast-pause-button = Пауза
broadcast-paused = Пауза. Уже в пути: { $flying }. Продолжим с того же места.
broadcast-preview = Так это увидит семья:
# $sent, $planned, $left - ready words
broadcast-progress = Отправлено { $sent } из { $planned }. Осталось примерно { $left }.
broadcast-reason = • { $reason }: { $count }
broadcast-resume-button = Продолжить
broadcast-send-button = Отправить
broadcast-test = <i>Проверка. Родители этого не видят.</i>
broadcast-test-button = Проверить на себе
broadcast-why-head = <b>Сообщения за { $days } дн.</b>
broadcast-why-none = За это время ничего не планировалось.
broadcast-why-not-sent = ✕ { $title }, { $when }: { $reason }
broadcast-why-sent = ✓ { $title }, { $when }: { $reason }

# Why a message was held back.

reason-advertising = не назван рекламодатель (38-ФЗ)
reason-blocked = бот заблокирован
reason-cancelled = отменено
reason-caps = уже получили достаточно сообщений
reason-complaint = открытая жалоба после низкой оценки
reason-erased = данные удалены
reason-expired = потеряло смысл по времени
reason-failed = Telegram не принял
reason-freeze = дни без рассылок
reason-holdout = контрольная группа
reason-no-consent = нет согласия
reason-paused = у семьи пауза
reason-personalisation = нет согласия на советы по возрасту
reason-quiet-hours = тихие часы
reason-unknown = неизвестно, дошло ли

# Why a message went, and when.

trace-class-care = о занятиях ребёнка
trace-class-control = служебное, приходит всегда
trace-class-marketing = предложение
trace-class-service = служебное, приходит всегда
trace-consent = согласие есть
trace-waited = ждало: { $reason }
