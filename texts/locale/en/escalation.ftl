# Escalations: the expert's card, the answer, what the asker is told.

escalation-answer-ask = Write the answer as your next message. It will stand in the topic in your name.
escalation-answer-button = Answer
# $name - the expert, $speciality, $text - ready markup
escalation-answer-in-topic =
    <b>{ $name }, { $speciality }, answers</b>

    { $text }
escalation-answer-preview = This is what parents will see. Send it?
escalation-answer-sent = The answer is published, and the parent has been told.
escalation-ask-back-button = Ask back
escalation-ask-back-sent = We asked the parent. The answer will come here; the clock has stopped.
# $id, $kind - ready words, $urgency - ready words, $topic, $cohort, $text, $due - wall time
escalation-card =
    <b>Question to an expert, { $id }</b> · { $kind }
    { $urgency } · answer by { $due }
    Topic: { $topic }
    The child's age: { $cohort }

    <blockquote expandable>{ $text }</blockquote>
escalation-card-earlier = This family has asked before: { $count ->
    [one] { $count } time
   *[other] { $count } times
}.
escalation-close-button = Close
escalation-closed = <b>Question { $id }</b> closed: { $name }, { $time }.
escalation-hand-over-button = Hand over
escalation-handed-over = Question { $id } handed over to { $name }.
escalation-kind-duty = to the person on duty
escalation-kind-expert = to an expert
escalation-kind-methodist = to a methodist
escalation-kind-psychologist = to a psychologist
escalation-kind-support = to support
escalation-next-expert = Question { $id } has no answer yet. { $name }, could you take it, please?
escalation-outside-hours = The experts are resting. The answer will come { $when }.
escalation-rate-ask = Did the answer help?
escalation-rate-no-button = Not really
escalation-rate-partly-button = Partly
escalation-rate-thanks = Thank you! We will tell the expert.
escalation-rate-yes-button = It helped
escalation-red-flag-button = Red flag
escalation-reminder = Question { $id } is waiting for you. Best answered by { $due }.
escalation-supervisor = Nobody took question { $id } in time. Your help is needed.
escalation-support-answered = Answered: { $link }
escalation-take-button = I take it
escalation-taken = Question { $id } is yours. Reply to this card or press “Answer”.
escalation-taken-by = Taken by { $name }
# $link
escalation-told-answered = An expert has answered your question: { $link }
escalation-told-answered-private =
    <b>{ $name }, { $speciality }, answers</b>

    { $text }

    You can ask further: just reply to this message.
escalation-told-asked-back =
    The expert would like to know:

    { $text }

    Please reply to this very message.
escalation-told-closed = The question is closed. If something is still unclear, write again: /ask
escalation-told-received = We passed your question to an expert. The answer will come { $when }, and we will write to you.
escalation-urgency-at-once = Urgent
escalation-urgency-routine = Routine
escalation-urgency-soon = Soon
