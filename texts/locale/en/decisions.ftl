# What was done about a case, by the bot and by people.

case-action-ban = message removed, access closed
case-action-escalate = handed to an expert
case-action-hide = message hidden
case-action-mute = message hidden, writing paused
case-action-none = nothing, only reported
case-action-not-done = it did not work, a right is missing
case-action-observe = nothing, trial mode
case-action-review = nothing, a person decides
case-action-warn = warning
case-action-warned = a warning
# $name - the author, $words - what was written
case-put-back =
    <b>{ $name }</b> (put back by a moderator):

    { $words }
case-verdict-ban = access closed
case-verdict-claimed = being looked at
case-verdict-confirmed = the bot was right
case-verdict-dismissed = no violation
case-verdict-escalated = handed to an expert
case-verdict-hide = message hidden
case-verdict-mute = writing paused
case-verdict-undone = put back as it was
case-verdict-warn = warning
refusal-case-decided = This case is decided already: { $name }.
refusal-case-no-text = The text is gone or about a child, so it cannot serve as a sample.
refusal-case-not-found = There is no such case.
refusal-case-own = Somebody else decides about your own message.
