# Cards in the staff forum: cases of moderation.

case-assigned-to = Taken by { $name }
case-author = <b>Author:</b> { $author } ({ $standing })
case-ban-button = Ban
# $id, $rules - ready words, $topic, $author, $standing, $action, $evidence - ready markup, $link
case-card =
    <b>Case { $id }</b> · { $rules }
    Topic: { $topic }
    Author: { $author }, { $standing }
    Done: <b>{ $action }</b>

    { $evidence }
case-claim-button = I take it
case-claimed = Case { $id } is yours. Best decided before { $hour }.
case-confirm-button = All correct
case-decided = <b>Case { $id }</b> decided: { $decision }. { $name }, { $time }.
case-decided-reason = The reason: { $reason }
case-decision-ban = banned
case-decision-dismiss = left as it is
case-decision-escalate = passed to an expert
case-decision-hide = message hidden
case-decision-mute = muted for { $duration }
case-decision-undo = put back as it was
case-decision-warn = warned
case-dismiss-button = No violation
case-edited-after = The message was edited after the report. Both versions are below.
case-escalate-button = To an expert
case-evidence-line = • { $rule }: { $evidence }
case-evidence-purged = The text was purged on schedule; only marks remain.
case-evidence-quote = <blockquote expandable>{ $text }</blockquote>
case-handed-over = Case { $id } has been waiting for { $duration }. Who can take it?
case-hide-button = Hide
case-link-button = To the message
case-mute-button = Mute for a day
case-nobody-yet = Nobody has taken it yet.
case-note-saved = Noted.
case-own-decision = decided by the bot
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
case-shadow = Shadow mode: the bot did nothing, only wrote it down.
case-similar = Similar cases: { $count }. They are joined to this one.
case-standing-member = in the community for { $days ->
    [one] { $days } day
   *[other] { $days } days
}, messages: { $messages }
case-standing-newcomer = a newcomer, messages: { $messages }
case-standing-staff = staff
case-standing-strikes = { $strikes ->
    [0] no strikes
    [one] { $strikes } strike
   *[other] { $strikes } strikes
}
case-undo-button = Undo
case-undo-done = Put back: { $restored }.
case-undo-impossible = Could not be put back: { $lost }.
case-undo-part-ban = access to the community
case-undo-part-message = the deleted message
case-undo-part-mute = the right to write
case-warn-button = Warn
case-was-right-button = The bot was right
case-was-wrong-button = The bot was wrong
