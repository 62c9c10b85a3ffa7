# Escalations: the expert's card, the answer, what the asker is told.

escalation-answer-ask = Напишите ответ следующим сообщением. Он появится в теме от вашего имени.
escalation-answer-button = Ответить
# $name - the expert, $speciality, $text - ready markup
escalation-answer-in-topic =
    <b>Отвечает { $name }, { $speciality }</b>

    { $text }
escalation-answer-preview = Так это увидят родители. Отправляем?
escalation-answer-sent = Ответ опубликован, родителю сообщили.
escalation-ask-back-button = Уточнить
escalation-ask-back-sent = Спросили у родителя. Как только ответит, пришлём сюда; часы пока стоят.
# $id, $kind - ready words, $urgency - ready words, $topic, $cohort, $text, $due - wall time
escalation-card =
    <b>Вопрос эксперту № { $id }</b> · { $kind }
    { $urgency } · ответить до { $due }
    Тема: { $topic }
    Возраст ребёнка: { $cohort }

    <blockquote expandable>{ $text }</blockquote>
escalation-card-earlier = Раньше эта семья обращалась: { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
}.
escalation-close-button = Закрыть
escalation-closed = <b>Вопрос № { $id }</b> закрыт: { $name }, { $time }.
escalation-hand-over-button = Передать
escalation-handed-over = Вопрос № { $id } передан: { $name }.
escalation-kind-duty = дежурному
escalation-kind-expert = эксперту
escalation-kind-methodist = методисту
escalation-kind-psychologist = психологу
escalation-kind-support = поддержке
escalation-next-expert = Вопрос № { $id } пока без ответа. { $name }, подхватите, пожалуйста?
escalation-outside-hours = Сейчас эксперты отдыхают. Ответ придёт { $when }.
escalation-rate-ask = Помог ли ответ?
escalation-rate-no-button = Не совсем
escalation-rate-partly-button = Частично
escalation-rate-thanks = Спасибо! Передадим эксперту.
escalation-rate-yes-button = Помог
escalation-red-flag-button = Красный флаг
escalation-reminder = Вопрос № { $id } ждёт вас. Ответить лучше до { $due }.
escalation-supervisor = Вопрос № { $id } никто не взял вовремя. Нужна ваша помощь.
escalation-support-answered = Ответили: { $link }
escalation-take-button = Беру
escalation-taken = Вопрос № { $id } за вами. Напишите ответ в ответ на эту карточку или нажмите «Ответить».
escalation-taken-by = Взял(а): { $name }
# $link
escalation-told-answered = На ваш вопрос ответил эксперт: { $link }
escalation-told-answered-private =
    <b>Отвечает { $name }, { $speciality }</b>

    { $text }

    Можно уточнить: просто ответьте на это сообщение.
escalation-told-asked-back =
    Эксперт просит уточнить:

    { $text }

    Ответьте прямо на это сообщение.
escalation-told-closed = Вопрос закрыли. Если что-то осталось неясным, напишите снова: /ask
escalation-told-received = Передали вопрос эксперту. Ответ придёт { $when }, мы напишем.
escalation-urgency-at-once = Срочно
escalation-urgency-routine = Обычный
escalation-urgency-soon = Скоро
