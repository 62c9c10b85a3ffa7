# Parent to parent: application, matching, check-ins, finish.

mentorship-about-family = Tell us in a few words what you would like help with. No names or schools, please.
mentorship-about-mentor = Tell us a little about your experience: what you have been through and can share.
mentorship-agree-button = Agree
# $id, $side - ready words, $topics, $cohorts - ready lists, $about
mentorship-application-card =
    <b>Application { $id }: { $side }</b>
    Topics: { $topics }
    Age: { $cohorts }

    <blockquote expandable>{ $about }</blockquote>
mentorship-applied = Thank you! A moderator will look at it; we answer within two days.
mentorship-approve-button = Accept
mentorship-approved-family = Accepted. We are looking for a mentor and will write as soon as we find one.
mentorship-approved-mentor = We are glad you want to help! A short training is left: five minutes, five questions.
mentorship-become-button = Become a mentor
mentorship-choose = Tick ages and topics, then press “Next”.
mentorship-decline-button = Decline
mentorship-declined = Thank you for applying! It does not work out now, but the door is open: try again later.
mentorship-feedback = What was of use, and what was missing? A few words help others.
mentorship-feedback-button = Leave feedback
mentorship-feedback-thanks = Thank you, we will pass it on.
mentorship-find-button = Find a mentor
mentorship-finish-button = Finish
mentorship-flag-alert = We called an expert, who will answer you in private. If there is danger right now, call 112.
# $text
mentorship-from-family =
    <b>The parent writes</b>

    { $text }
# $text
mentorship-from-mentor =
    <b>The mentor writes</b>

    { $text }
# $text
mentorship-from-more = { $text }
mentorship-hidden = We took phones and addresses out: it is safer for both. The rest is passed on.
mentorship-intro =
    <b>A mentor: parent to parent</b>

    Experienced parents help those who begin. You write through the bot; no names or phones are shown.
# $name, $pairs, $limit, $messages - in a week, $sign - ready words
mentorship-load-line = { $name }: families { $pairs } of { $limit }, messages this week { $messages } · { $sign }
mentorship-load-none = There are no mentors yet.
mentorship-load-title = <b>What mentors carry</b>
# $count - pairs proposed
mentorship-matched = { $count ->
    [one] { $count } pair proposed.
   *[other] { $count } pairs proposed.
}
mentorship-meet-ask =
    <b>Write directly, without the bot?</b>

    The other side will see your Telegram profile: name, photo and what you show yourself. We pass on neither phone nor the child's name. It happens only if both of you agree.

    Expert help and the red flag stay here.
mentorship-meet-button = Meet
mentorship-meet-no-button = Stay with the bot
mentorship-meet-stay-alert = Fine, we go on here. The other side was told nothing.
mentorship-meet-waiting-alert = We asked the other side. Until they agree, you are not shown.
mentorship-meet-yes-button = Yes, introduce us
mentorship-pair-check-in = A week has passed. How is it going? You can write, pause or finish.
mentorship-pair-finished-family = The mentorship is over. Thank you for your trust!
mentorship-pair-finished-mentor = The mentorship is over. Thank you: this family had somebody experienced beside them.
mentorship-pair-meet = Your pair suggests writing directly, without the bot. Then you will see each other's profiles: name, photo and what each shows. Do you agree?
# $account
mentorship-pair-met =
    Both of you agreed, so you may write directly: <a href="tg://user?id={ $account }">open the chat</a>.

    If you worry about the child or yourself, come back here and press “Red flag”.
mentorship-pair-paused = A pause. We go on when everybody is ready.
mentorship-pair-quiet = Two weeks of silence. Is everything all right? You can write, pause or finish.
mentorship-pair-refused = It did not work out this time. We keep looking.
mentorship-pair-resumed = The pause is over, you can write.
mentorship-pair-started-family = Your mentor is here. Write what you would like to begin with: reply to this message.
mentorship-pair-started-mentor = The family agreed. Say hello first: reply to this message. Templates: /t
# $id
mentorship-pair-yours-family = <b>Your mentor</b> · pair No. { $id }
# $id
mentorship-pair-yours-mentor = <b>Your family</b> · pair No. { $id }
mentorship-pause-button = Pause
mentorship-paused = Paused. You can come back at any time.
# $reasons - ready list
mentorship-proposed-family = We found a mentor. In common: { $reasons }. Shall we try?
# $reasons - ready list
mentorship-proposed-mentor = There is a family you can help. In common: { $reasons }. Will you?
mentorship-quiz-1 =
    <b>1 of 5.</b> A parent asks which medicine to give.
    a. I recommend what helped us
    b. I say it is for a doctor and help prepare the questions
    c. I say nothing
mentorship-quiz-2 =
    <b>2 of 5.</b> You see signs of violence at home.
    a. I press “Red flag” at once
    b. I find out everything myself first
    c. I wait a week
mentorship-quiz-3 =
    <b>3 of 5.</b> A parent is angry and writes harshly.
    a. I answer in kind
    b. I block
    c. I name the feeling, pause, come back to the question
mentorship-quiz-4 =
    <b>4 of 5.</b> You are asked to move to another messenger.
    a. I give my number
    b. I stay in the bot: it is safer for both
    c. I ask for theirs
mentorship-quiz-5 =
    <b>5 of 5.</b> You are tired and cannot keep up.
    a. I take a pause and say so
    b. I answer at night
    c. I stop answering
mentorship-quiz-failed = Almost. Read the rules again and try once more, there is no hurry.
mentorship-quiz-passed = Congratulations, you are a mentor! We will propose a first family soon.
mentorship-reason-cohort = children's age
mentorship-reason-hours = hours that suit
mentorship-reason-near-cohort = children of a near age
mentorship-reason-topic = topic
# $families
mentorship-recognition =
    <b>Thank you from the school</b>

    { $families ->
        [1] You walked this path with your first family. They had somebody to lean on.
       *[other] You have supported { $families } families. They had somebody to lean on.
    }
mentorship-red-flag-button = Red flag
mentorship-refuse-button = Not now
mentorship-refused = Fine, we keep looking.
mentorship-resume-button = Go on
mentorship-resumed = We go on.
mentorship-side-family = a family looks for a mentor
mentorship-side-mentor = wants to become a mentor
mentorship-sign-busy = many messages, time to relieve
mentorship-sign-fine = all well
mentorship-sign-flags = hard cases, needs support
mentorship-sign-full = no free place
mentorship-sign-silent = silent, ask how things are
# $name, $title
mentorship-templates-line = <code>/t { $name }</code> { $title }
mentorship-templates-title =
    <b>Templates</b>
    Fill the places: <code>/t name place=words; place=words</code>
mentorship-topic-adaptation = adaptation
mentorship-topic-habits = digital habits
mentorship-topic-learning = learning
mentorship-topic-other = something else
mentorship-topic-sleep = sleep and routine
mentorship-topic-teens = teenagers
mentorship-training =
    <b>The rules of a mentor</b>

    • We share experience; no diagnoses, no medicines.
    • What you are trusted with stays between you.
    • Afraid for a child or a parent? “Red flag” at once.
    • A quarrel is cooled: name the feeling, agree where you can, pause, come back to the question.
    • We answer when there is strength. A pause is always fine.
mentorship-training-button = Begin the training
mentorship-write = Write the message, we will pass it on.
mentorship-write-button = Write
refusal-mentor-choose-topic = Tick one topic at least.
refusal-mentor-not-now = That is not possible now.{ $state ->
    [proposed] {" "}We wait for the other side.
    [paused] {" "}There is a pause.
    [finished] {" "}The mentorship is over.
   *[other] {""}
}
refusal-mentor-not-yours = That is not your conversation.
refusal-mentor-settled = This application is settled already.
