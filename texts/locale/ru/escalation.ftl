# Escalations: the expert's card, the answer, what the asker is told.

escalation-answer-ask = Напишите ответ следующим сообщением. Он появится в теме от вашего имени.
escalation-answer-button = Ответить
# $name - the expert, $speciality, $text - ready markup
escalation-answer-in-topic =
    <b>Отвечает { $name }, { $speciality }</b>

    { $text }
# $text, $name, $speciality - the text goes on
escalation-answer-more = { $text }
escalation-answer-sent = Ответ опубликован, родителю сообщили.
escalation-ask-back-button = Уточнить
escalation-ask-back-sent = Спросили у родителя. Как только ответит, пришлём сюда; часы пока стоят.
escalation-ask-write = Что уточнить у родителя? Напишите следующим сообщением.
escalation-asker-sent = Передали эксперту.
escalation-called = Показали сообщение эксперту. Автору написали, что эксперт ответит.
# $id, $kind, $source, $urgency, $cohort - ready words, $topic, $text, $due - when, $earlier - earlier questions of the family
escalation-card =
    <b>Вопрос эксперту № { $id }</b> · { $kind }
    { $urgency } · ответить до: { $due }
    Откуда: { $source }
    Тема: { $topic }
    Возраст ребёнка: { $cohort }
    { $earlier ->
        [0] Раньше эта семья не обращалась.
        [one] Раньше эта семья обращалась { $earlier } раз.
        [few] Раньше эта семья обращалась { $earlier } раза.
       *[many] Раньше эта семья обращалась { $earlier } раз.
    }

    <blockquote expandable>{ $text }</blockquote>
escalation-close-button = Закрыть
escalation-close-done = Вопрос закрыт.
# $id, $text
escalation-from-asker =
    <b>Вопрос № { $id }</b>: родитель пишет

    { $text }
escalation-hand-over-button = Передать
escalation-hand-over-done = Передали другому эксперту. Спасибо, что предупредили.
escalation-kind-duty = дежурному
escalation-kind-expert = эксперту
escalation-kind-methodist = методисту
escalation-kind-psychologist = психологу
escalation-kind-support = поддержке
escalation-list-empty = Все вопросы разобраны.
# $id, $kind, $urgency - ready words, $due - when
escalation-list-line = № { $id } · { $kind } · { $urgency } · до: { $due }
escalation-list-title = <b>Ждут ответа</b>
escalation-no-due = без срока
# $id, $due - when
escalation-no-help = Вопрос № { $id }: родителю ответ помог не до конца, вопрос снова открыт. Ответить лучше до { $due }.
# $link
escalation-noticed-answered = Эксперт ответил в теме на ваше сообщение: { $link }
# $when
escalation-noticed-outside = Ваше сообщение в группе посмотрит эксперт. Сейчас он отдыхает и вернётся к нему позже: { $when }.
# $when
escalation-noticed-received = Ваше сообщение в группе мы показали эксперту, чтобы он подсказал. Срок ответа: { $when }.
escalation-outside-hours = Сейчас эксперты отдыхают и возьмутся за вопрос позже: { $when }. Ответ пришлём сюда.
escalation-private = личный вопрос
escalation-rate-no-button = Не совсем
escalation-rate-no-thanks = Жаль, что не помогло. Вопрос снова открыт, эксперт вернётся к нему.
escalation-rate-partly-button = Частично
escalation-rate-thanks = Спасибо! Передадим эксперту.
escalation-rate-yes-button = Помог
escalation-reminder = Вопрос № { $id } ждёт вас. Ответить лучше до { $due }.
escalation-source-mentor = наставник
escalation-source-moderator = модератор
escalation-source-parent = родитель спросил сам
escalation-source-question = вопрос в теме без ответа
escalation-source-rule = правило модерации
escalation-source-survey = низкая оценка в опросе
escalation-supervisor = Вопрос № { $id } никто не взял вовремя. Нужна ваша помощь.
escalation-take-button = Беру
escalation-taken = Вопрос № { $id } за вами. Напишите ответ в ответ на эту карточку или нажмите «Ответить».
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
escalation-told-received = Передали вопрос эксперту. Срок ответа: { $when }. Мы напишем.
escalation-urgency-at-once = Срочно
escalation-urgency-routine = Обычный
escalation-urgency-soon = Скоро
refusal-escalation-nobody-to-ask = Уточнить не у кого: автор вопроса не пользуется ботом. Спросите прямо в теме.
refusal-escalation-not-now = Сейчас это действие не подходит: вопрос уже в другом состоянии.
refusal-escalation-not-yours = Это вопрос другой семьи.
refusal-escalation-rated = Вы уже ответили, спасибо!
refusal-escalation-reply-needed = Ответьте командой /expert на сообщение, которое должен увидеть эксперт. Можно уточнить: <code>/expert методист</code>, <code>/expert психолог срочно</code>.
refusal-escalation-unknown = Такого вопроса нет.
