# Questions: /ask, ready answers, the community, what recurs.

questions-ask = О чём хотите спросить? Напишите одним сообщением, своими словами.
questions-ask-in-private = Здесь вопрос увидят все. Если хочется спросить лично или без имени, напишите мне в личные сообщения: /ask
# $text
questions-changed =
    <b>Вы спрашивали, мы изменили</b>

    { $text }

    Спасибо, что говорите, чего не хватает.
questions-changed-sent = Опубликовали.
questions-counted-alert = Вы уже отметили
# $question, $answer
questions-found =
    <b>{ $question }</b>

    <blockquote expandable>{ $answer }</blockquote>
questions-helped = Рады, что пригодилось!
questions-helped-button = Это помогло
# $text, $cohort - ready words
questions-in-topic =
    <b>Родитель спрашивает</b> · ребёнку { $cohort }

    { $text }

    Ответьте прямо на это сообщение: мы передадим.
questions-me-too-button = Мне тоже интересно
questions-methodist-button = Методисту: учёба и занятия
questions-nothing-found = Готового ответа нет. Кого спросим?
questions-psychologist-button = Психологу: чувства и отношения
# $total, $questions - ready lines
questions-recurrent =
    <b>О чём спрашивали чаще всего</b>
    Вопросов за неделю: { $total }.

    { $questions }
# $count, $words
questions-recurrent-line = { $count } × { $words }
# $total, $questions - empty
questions-recurrent-none = За неделю вопросов: { $total }. Повторяющихся нет.{ $questions }
questions-recurrent-title = <b>Спрашивают снова и снова</b>
# $text
questions-reply-told =
    <b>На ваш вопрос ответили в сообществе</b>

    { $text }
questions-support-button = В поддержку: оплата и доступ
questions-to-community = Опубликовали без вашего имени. Ответы будем присылать сюда.
questions-to-community-button = Спросить родителей (без имени)
questions-to-expert-button = Спросить эксперта
# $id, $text
questions-waiting-line = № { $id }: { $text }
questions-waiting-none = Все вопросы в темах получили ответ.
questions-waiting-title = <b>Вопросы без ответа</b>
questions-what-next = Помогло? Если нет, спросим людей.
questions-who = Кому передать вопрос?
refusal-question-not-yours = Это вопрос другой семьи.
# $rule - code of the rule
refusal-question-objection = { $rule ->
    [child_data] В вопросе есть личные данные ребёнка. Уберите их, пожалуйста, и задайте вопрос ещё раз: /ask
   *[other] Правила сообщества не дают опубликовать это. Спросите эксперта лично: кнопка выше.
}
