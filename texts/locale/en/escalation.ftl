# Escalations: the expert's card, the answer, what the asker is told.

escalation-answer-ask = Write the answer as your next message. It will stand in the topic in your name.
escalation-answer-button = Answer
# $name - the expert, $speciality, $text - ready markup
escalation-answer-in-topic =
    <b>{ $name }, { $speciality }, answers</b>

    { $text }
# $text, $name, $speciality - the text goes on
escalation-answer-more = { $text }
escalation-answer-sent = The answer is published, and the parent has been told.
escalation-ask-back-button = Ask back
escalation-ask-back-sent = We asked the parent. The answer will come here; the clock has stopped.
escalation-ask-write = What would you like to know? Write it as your next message.
escalation-asker-sent = We passed it on to the expert.
escalation-called = The message was shown to an expert; its author knows that an expert will answer.
# $id, $kind, $source, $urgency, $cohort - ready words, $topic, $text, $due - when, $earlier - earlier questions of the family
escalation-card =
    <b>Question to an expert, { $id }</b> · { $kind }
    { $urgency } · answer by: { $due }
    From: { $source }
    Topic: { $topic }
    The child's age: { $cohort }
    { $earlier ->
        [0] This family has not asked before.
        [one] This family has asked before, { $earlier } time.
       *[other] This family has asked before, { $earlier } times.
    }

    <blockquote expandable>{ $text }</blockquote>
escalation-close-button = Close
escalation-close-done = The question is closed.
# $id, $text
escalation-from-asker =
    <b>Question { $id }</b>: the parent writes

    { $text }
escalation-hand-over-button = Hand over
escalation-hand-over-done = Handed over to another expert. Thank you for saying so.
escalation-kind-duty = to the person on duty
escalation-kind-expert = to an expert
escalation-kind-methodist = to a methodist
escalation-kind-psychologist = to a psychologist
escalation-kind-support = to support
escalation-list-empty = Every question has been dealt with.
# $id, $kind, $urgency - ready words, $due - when
escalation-list-line = { $id } · { $kind } · { $urgency } · by: { $due }
escalation-list-title = <b>Waiting for an answer</b>
escalation-no-due = no deadline
# $id, $due - when
escalation-no-help = Question No. { $id }: the answer did not quite help the parent, the question is open again. Better answer by { $due }.
# $link
escalation-noticed-answered = An expert answered your message in the topic: { $link }
# $when
escalation-noticed-outside = An expert will look at your message in the group. They are resting and will come back to it: { $when }.
# $when
escalation-noticed-received = We showed your message in the group to an expert for advice. The answer is due: { $when }.
escalation-outside-hours = The experts are resting. The answer will come { $when }.
escalation-private = a private question
escalation-rate-no-button = Not really
escalation-rate-no-thanks = Sorry it did not help. The question is open again, the expert will come back to it.
escalation-rate-partly-button = Partly
escalation-rate-thanks = Thank you! We will tell the expert.
escalation-rate-yes-button = It helped
escalation-reminder = Question { $id } is waiting for you. Best answered by { $due }.
escalation-source-mentor = a mentor
escalation-source-moderator = a moderator
escalation-source-parent = the parent asked
escalation-source-question = an unanswered question in a topic
escalation-source-rule = a moderation rule
escalation-source-survey = a low score in a survey
escalation-supervisor = Nobody took question { $id } in time. Your help is needed.
escalation-take-button = I take it
escalation-taken = Question { $id } is yours. Reply to this card or press “Answer”.
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
refusal-escalation-nobody-to-ask = There is nobody to ask: the author does not use the bot. Ask in the topic itself.
refusal-escalation-not-now = That does not fit here: the question has moved on.
refusal-escalation-not-yours = That is another family's question.
refusal-escalation-rated = You have answered already, thank you!
refusal-escalation-reply-needed = Reply with /expert to the message an expert should see. You may add whom: <code>/expert methodist</code>, <code>/expert psychologist urgent</code>.
refusal-escalation-unknown = There is no such question.
