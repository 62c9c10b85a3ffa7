# Cards in the staff forum: cases of moderation.

case-appeal =
    <b>Asked to look again at case { $id }</b> · { $rules }
    Author: { $author }
    Decided by: { $decided }

    { $evidence }
    { $more }
    An answer is due within a day. Another person decides.
case-appeal-by-bot = the bot
case-appeal-late = The request to look at case { $id } again has waited for a day. Somebody is waiting for an answer.
case-appeal-reject-button = Let it stand
case-appeal-rejected = The decision stands: { $name }, { $time }.
case-appeal-upheld = The decision was undone: { $name }, { $time }.
case-appeal-uphold-button = Undo the decision
case-assigned-to = Taken by { $name }
case-ban-button = Ban
case-by-hand = The message is over two days old, the bot cannot delete it. Please delete it by hand: { $link }
case-card =
    <b>Case { $id }</b> · { $rules }
    Topic: { $topic }
    Author: { $author }, { $standing }; { $strikes }
    Done: <b>{ $action }</b>

    { $evidence }
    { $more }
    <a href="{ $link }">To the message</a>
# $id, $rules - ready words, $topic, $author, $standing, $action, $evidence - ready markup, $link
case-claim-button = I take it
case-claimed = Case { $id } is yours. Best decided before { $hour }.
case-decided = <b>Case { $id }</b> decided: { $decision }. { $name }, { $time }.
case-dismiss-button = No violation
case-edited-after = The message was edited after the report. Both versions are below.
case-escalate-button = To an expert
case-evidence-line = • { $evidence } ({ $percent } % sure)
case-evidence-quote = <blockquote expandable>{ $words }</blockquote>
case-evidence-shadow = • { $evidence } ({ $percent } % sure, this rule only watches)
case-handed-over = Case { $id } has been waiting for { $duration }. Who can take it?
case-hide-button = Hide
case-media = For case { $id }
case-mute-button = Mute for a day
case-nobody-yet = Nobody has taken it yet.
case-not-done = ⚠️ It did not work: the bot lacks the right “{ $right }”. The message and its author are as they were.
case-note-saved = Noted.
case-queue =
    <b>Waiting for a decision:</b> { $count }
    { $lines }
case-queue-empty = No cases are waiting.
case-queue-line = No. { $id } · { $rule } · until { $hour }
case-queue-line-claimed = No. { $id } · { $rule } · until { $hour } · { $name }
case-raid-closed =
    <b>Many newcomers at once</b> in “{ $chat }”: { $joins }.
    For now they can only read. The gate opens by itself once it is quiet.
case-raid-closed-by-hand = The gate of “{ $chat }” was closed by hand: newcomers can only read.
case-raid-open-button = Open now
case-raid-opened = The gate of “{ $chat }” is open again, newcomers can write.
case-reason-hint = Reply to the card to say why; only staff see it.
case-release-button = Hand back
# $minutes
case-reminder = Case { $id } waits for a decision, { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} left.
case-reports = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
case-right-delete = delete messages
case-right-missing =
    The bot lacks the right “{ $right }” in “{ $chat }”. Until it has it, the bot notices breaches but can do nothing.
    Grant it in the administrators' settings and all will work by itself.
case-right-restrict = ban users
case-sample-forget-button = Forget the sample
case-sample-gone = The sample is forgotten.
case-sample-ham-button = Harmless sample
case-sample-saved = Remembered: texts almost like this one will get the same answer.
case-sample-spam-button = Sample of advertising
case-shadow = Shadow mode: the bot did nothing, only wrote it down.
case-similar = Similar cases: { $count }. They are joined to this one.
case-standing-member = in the community for { $days ->
    [one] { $days } day
   *[other] { $days } days
}, messages: { $messages }
case-standing-newcomer = a newcomer, messages: { $messages }
case-standing-strikes = { $strikes ->
    [0] no strikes
    [one] { $strikes } strike
   *[other] { $strikes } strikes
}
case-too-old = The message is over two days old, the bot cannot delete it. Please delete it by hand, the link is below.
case-undo-button = Undo
case-undo-done = Put back: { $restored }.
case-undo-impossible = Could not be put back: { $lost }.
case-undo-part-appeal = the decision
case-undo-part-ban = access to the community
case-undo-part-message = the deleted message
case-undo-part-mute = the right to write
case-warn-button = Warn
case-was-right-button = The bot was right
case-weekly =
    <b>Moderation, the week</b>
    Cases: { $cases }, decided: { $decided }, decisions undone: { $undone }, waiting: { $waiting }.
    { $speed }
    Asked to look again: { $appeals }, upheld: { $upheld }.

    <b>Who decided</b>
    { $load }

    <b>Which rules were of use</b>
    { $rules }
case-weekly-moderator = • { $name }: { $count }
case-weekly-no-speed = Nothing was decided this week.
case-weekly-picture = Moderation, the week: green the bot was right, red it was wrong, grey nobody decided yet.
case-weekly-rule = • { $rule }: { $cases }, people agreed in { $percent }%
case-weekly-rule-open = • { $rule }: { $cases }, nothing decided yet
case-weekly-speed = A decision usually takes { $minutes } min, the slowest took { $slowest } min.
