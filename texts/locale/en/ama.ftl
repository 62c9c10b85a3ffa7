# Sessions with experts: announce, collect, hold, sum up.

ama-age-0-2 = for parents of children under 3
ama-age-13-16 = for parents of teenagers 13–16
ama-age-3-5 = for parents of children 3–5
ama-age-6-8 = for parents of children 6–8
ama-age-9-12 = for parents of children 9–12
ama-age-any = for all parents
ama-age-unknown = for all parents
# $title, $starts - moment, $minutes, $age - ready words, $expert
ama-announcement =
    <b>Meet an expert: { $title }</b>

    { $starts }, { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
    With { $expert }, { $age }

    Send questions beforehand, without your name if you like. Votes decide what comes first.
ama-anonymous = no name
ama-anonymous-button = Without my name
ama-approve-button = Let it through
ama-ask = Write the question in one message. Better leave out names and school numbers.
ama-ask-button = Ask a question
ama-ask-name = How shall other parents see the question?
ama-asked = Saved. You can still edit it or take it back.
ama-calendar-button = To my calendar
ama-cancel-button = Cancel the session
ama-choose-cohort = For which age?
ama-choose-day = Which day? Days that are not free carry a dot.
ama-choose-expert = Who answers?
ama-choose-hour = At what hour? Times are in your zone.
# $title, $starts, $minutes, $age, $expert
ama-confirm =
    Please check:
    <b>{ $title }</b>
    { $starts }, { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
    { $expert }, { $age }
ama-confirm-button = Announce
ama-decline-button = Decline
ama-declined-reason = not what this session is about
# $title
ama-desk-absent = The expert of “{ $title }” has been missing for ten minutes. What shall we do?
# $id, $question, $asker, $state - ready words
ama-desk-card =
    Question { $id } to the session · { $asker } · { $state }

    { $question }
ama-done = Done.
# $asked, $answered, $votes, $subscribed, $attended, $returned, $rating - ready words
ama-figures =
    <b>What the session brought</b>
    Asked: { $asked }, answered: { $answered }
    Votes: { $votes }
    Subscribed: { $subscribed }, came: { $attended }
    Back within 30 days: { $returned }
    Rating: { $rating }
ama-file = session
ama-help =
    <code>/ama new</code> a new session
    <code>/ama start 3</code>, <code>next</code>, <code>skip</code>, <code>pause</code>, <code>resume</code>, <code>finish</code>
    <code>/ama extend 3 15</code> 15 minutes more
    <code>/ama move 3 30.11 19:00</code>, <code>/ama cancel 3</code>
    <code>/ama merge 12 10</code> question 12 under question 10
    <code>/ama decline 12 reason</code>
    <code>/ama figures 3</code>, <code>/ama transcript 3</code>, <code>/ama note 3 insight</code>
ama-here-alert = Glad you are here!
ama-here-button = I am here
# $place - chat and message, $question
ama-index-line = • <a href="https://t.me/c/{ $place }">{ $question }</a>
# $id, $title, $starts
ama-line = { $id } · { $starts } · { $title }
ama-list-empty = No questions yet. Yours may be the first.
# $id, $question, $votes, $asker - ready words
ama-list-line = { $question } · { $asker } · votes: { $votes }
ama-list-title = <b>Questions to the session.</b> Press a number to vote:
ama-named-button = With my name
ama-none = No sessions are planned yet. We will tell the community when there are.
# $link - ready
ama-page-line = <a href="{ $link }">All questions and answers on one page</a>
ama-pause-button = Wait
# $question, $link
ama-question-answered = Your question “{ $question }” has an answer: { $link }
# $question
ama-question-child-data = A child's personal data appeared in the question, so we took it out. Please write it without.
# $question, $reason
ama-question-declined = “{ $question }” will not come up at the session: { $reason }. If it matters, ask in private: /ask
# $question
ama-question-late = “{ $question }” came after we had closed. We passed it to the expert; the answer will come here.
# $question
ama-question-later = We did not get to “{ $question }”. The expert will answer in writing, here.
# $question, $umbrella
ama-question-merged = There is a similar question: “{ $umbrella }”. We joined them, and your vote counts.
# $question
ama-question-pending = A moderator will look at “{ $question }” first. It will not take long.
ama-question-taken = Question received. You can change it until the session begins.
ama-questions-button = Questions and votes
ama-rate = How was “{ $title }”?
ama-rate-thanks = Thank you for the rating!
# $planned, $wanted
ama-regularity = Sessions with experts this month: { $planned } of { $wanted }. A good moment to plan another: /ama new
ama-remind-button = Remind me
# $title, $starts, $minutes, $age
ama-remind-day = Tomorrow: “{ $title }”, { $starts }. You can still send questions.
# $title, $starts, $minutes, $age
ama-remind-hour = “{ $title }” begins in an hour.
ama-remind-off-button = Do not remind me
ama-remind-on = We will remind you a day before, an hour before and at the start.
ama-remind-saved = We will remind you a day before, an hour before and at the start. Changed your mind: /ama
# $title, $starts, $minutes, $age
ama-remind-start = We begin: “{ $title }”. See you in the topic!
# $question, $votes, $asker - ready words
ama-stage =
    <b>Question</b> · { $asker } · { $votes ->
        [one] { $votes } vote
       *[other] { $votes } votes
    }

    { $question }
ama-star-1-button = 1
ama-star-2-button = 2
ama-star-3-button = 3
ama-star-4-button = 4
ama-star-5-button = 5
ama-state-open = accepted
ama-state-pending = waits for a look
ama-state-written = late, answered in writing
ama-title-ask = What is the session about? One phrase, as on a poster.
# $title, $starts, $minutes, $age
ama-told-cancelled = “{ $title }” is cancelled. Questions are not lost: the expert will answer in writing.
# $title, $starts, $minutes, $age
ama-told-expert = You are expected at “{ $title }”: { $starts }. We will remind you.
# $title, $starts, $minutes, $age
ama-told-moved = “{ $title }” is moved: { $starts }. Questions and votes stay.
ama-too-button = Me too
# $title, $starts, $minutes, $age
ama-topic-cancelled = “{ $title }” is cancelled. The expert will answer the questions in writing.
# $title, $starts, $minutes, $age
ama-topic-empty = No more questions. Have one? Write it.
# $title, $starts, $minutes, $age, $more
ama-topic-extended = We go on for { $more ->
    [one] { $more } minute
   *[other] { $more } minutes
} more.
# $title, $starts, $minutes, $age, $answered, $index - ready lines
ama-topic-finished =
    <b>Thank you for being with us: “{ $title }”</b>
    Answered: { $answered }.

    { $index }

    The rest will be answered in writing.
# $title, $starts, $minutes, $age, $link - ready
ama-topic-here = “{ $title }” begins: <a href="{ $link }">in a topic of its own</a>. Come in!
# $title, $starts, $minutes, $age, $answered, $index - empty
ama-topic-in-writing = “{ $title }” could not take place live. The expert will answer every question in writing.{ $index }
# $title, $starts, $minutes, $age
ama-topic-live =
    <b>We begin: “{ $title }”</b>

    Questions appear here one by one. Press “I am here” so that we know you are with us.
# $title, $starts, $minutes, $age
ama-topic-pause = A short break, we will be back.
# $title, $starts, $minutes, $age
ama-topic-resume = We go on!
# $title, $starts, $minutes, $age
ama-topic-waiting = The expert is late. Please wait a moment, we are looking into it.
# $title
ama-transcript-title = Session: { $title }
ama-unsubscribe-button = Do not remind me
ama-unsubscribed = Fine, no reminders.
ama-vote-again-alert = You have voted for this question already
ama-vote-closed-alert = This question takes no more votes
ama-vote-counted-alert = Vote counted
ama-vote-stranger-alert = To vote, open the bot and press Start
ama-withdraw-button = Take the question back
ama-withdrawn = Taken back. It will not come up.
ama-writing-button = Answer in writing
refusal-ama-child-data = The question holds a child's personal data. Please write it without name, school or birth date.
refusal-ama-expert-away = The expert is off on that day.
refusal-ama-frozen = Mailings and sessions are frozen on that day.
refusal-ama-length = A session lasts { $limit } minutes at most.
refusal-ama-merge-itself = A question cannot be merged with itself.
refusal-ama-month-full = There are { $limit } sessions this month already, and more would be tiring.
refusal-ama-not-now = That cannot be done with this session.{ $state ->
    [finished] {" "}It is over.
    [cancelled] {" "}It is cancelled.
   *[other] {""}
}
refusal-ama-not-yours = That is another parent's question.
refusal-ama-question-empty = Write the question itself: a phrase or two will do.
refusal-ama-question-gone = That question is not waiting any more.
refusal-ama-rated = You have rated it already, thank you!
refusal-ama-title = A title has 1 to { $limit } characters.
refusal-ama-too-late-to-withdraw = The question has been asked already.
refusal-ama-too-many = You have { $limit } questions to this session. Wait for answers or take one back.
refusal-ama-too-soon = A session is announced at least { $hours } hours ahead, so that people hear of it.
refusal-person-start-first = Open the bot in private and press “Start” first, or we cannot write to you.
