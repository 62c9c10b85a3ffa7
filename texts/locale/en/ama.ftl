# Sessions with experts: announce, collect, hold, sum up.

ama-announce =
    <b>{ $title }</b>
    { $when }
    With { $expert }

    Questions can be sent in advance, without a name too.
ama-anonymous-button = Without a name
ama-answered = The answer to your question: { $link }
ama-answers-title = <b>Answers of the session “{ $title }”</b>
ama-ask-button = Ask a question
ama-ask-text = Write the question in one message.
ama-begins = The session “{ $title }” begins: { $link }
ama-calendar-button = Add to calendar
ama-cancelled = The session “{ $title }” is cancelled: { $reason }. The expert will answer the questions in writing.
ama-declined = We cannot take this question for the session: { $reason }. You can ask it in private: /ask
ama-expert-absent = The expert could not come. The questions are kept, answers will come in writing by { $date }.
ama-extended = Extended by { $duration }.
ama-finished = The session is over. Thank you for the questions! The record and the answers are in this topic.
ama-late = The session is over, but we kept the question: the expert will answer in writing by { $date }.
ama-list-empty = No sessions soon. We will announce the next one in the community.
ama-list-line = { $when }: { $title }, { $expert }
ama-merged = There is a similar question, and we joined them. Your vote counts.
ama-moved = The session “{ $title }” was moved. The time is { $when }.
ama-next-button = Next
ama-on-stage = <b>Question { $number }</b> · { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}

    { $text }
ama-pause-button = Pause
ama-question-taken = Question received. You can change it until the session begins.
ama-rate-ask = Was the session useful?
ama-remind-button = Remind me
ama-remind-off-button = Do not remind me
ama-remind-on = We will remind you a day before, an hour before and at the start.
ama-reminder-day = Tomorrow: the session “{ $title }”, { $when }. Questions are still welcome.
ama-reminder-hour = The session “{ $title }” is in an hour.
ama-skip-button = Skip
ama-unanswered = There was not enough time. The expert will answer your question in writing by { $date }.
ama-vote-alert = Your vote counts
ama-vote-button = I want to know too
ama-vote-off-alert = Vote removed
