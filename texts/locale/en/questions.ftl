# Questions: /ask, ready answers, the community, what recurs.

questions-ask = What would you like to ask? Write it in one message, in your own words.
questions-ask-in-private = Everybody sees a question here. To ask privately or without your name, write to me in private: /ask
# $text
questions-changed =
    <b>You asked, we changed</b>

    { $text }

    Thank you for telling us what was missing.
questions-changed-sent = Published.
questions-counted-alert = Counted already
# $question, $answer
questions-found =
    <b>{ $question }</b>

    <blockquote expandable>{ $answer }</blockquote>
questions-helped = Glad it was of use!
questions-helped-button = This helped
# $text, $cohort - ready words
questions-in-topic =
    <b>A parent asks</b> · child { $cohort }

    { $text }

    Reply to this very message and we will pass it on.
questions-me-too-button = I would like to know too
questions-methodist-button = A methodist: learning
questions-nothing-found = There is no ready answer. Whom shall we ask?
questions-psychologist-button = A psychologist: feelings and relations
# $total, $questions - ready lines
questions-recurrent =
    <b>What was asked most</b>
    Questions this week: { $total }.

    { $questions }
# $count, $words
questions-recurrent-line = { $count } × { $words }
# $total, $questions - empty
questions-recurrent-none = Questions this week: { $total }. None recur.{ $questions }
questions-recurrent-title = <b>Asked again and again</b>
# $text
questions-reply-told =
    <b>The community has answered your question</b>

    { $text }
questions-support-button = Support: payment and access
questions-to-community = Published without your name. Answers will come here.
questions-to-community-button = Ask other parents (no name)
questions-to-expert-button = Ask an expert
# $id, $text
questions-waiting-line = { $id }: { $text }
questions-waiting-none = Every question in the topics has an answer.
questions-waiting-title = <b>Unanswered questions</b>
questions-what-next = Did it help? If not, we will ask people.
questions-who = Who should get the question?
refusal-question-not-yours = That is another family's question.
# $rule - code of the rule
refusal-question-objection = { $rule ->
    [child_data] The question holds a child's personal data. Please take it out and ask again: /ask
   *[other] The rules of the community do not allow this. Ask an expert in private: the button above.
}
