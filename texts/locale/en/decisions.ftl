# What was done about a case, by the bot and by people.

case-action-ban = message removed, access closed
case-action-banned = banned, a moderator's decision
case-action-escalate = handed to an expert
case-action-hide = message hidden
case-action-mute = message hidden, writing paused
case-action-muted = paused, a moderator's decision
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
command-ban-asked = { $name } has written here before, and a ban makes Telegram erase all their messages. They are paused for now. Please confirm on the card among the cases.
command-banned = Banned: { $name }.
command-banned-for = Banned for { $duration }: { $name }.
command-calm = Ready words; fill the places in brackets yourself. For example: /calm calm-private name=Vera; topic=Talk
command-calm-line = <code>/calm { $id }</code> { $title }
command-help-ban = Reply to a message: /ban and the reason. For a time: /ban 7 days. Or: /ban @name reason.
command-help-history = Reply to a message: /history. Or: /history @name.
command-help-mute = Reply to a message: /mute 2h and the reason. Or: /mute @name 3 days reason. Without a time it is an hour.
command-help-note = Reply to a message: /note and what to remember. Only staff can see it.
command-help-purge = Reply with /purge to the first of the messages to be removed.
command-help-raid = For example: /raid, /raid 30 minutes, /raid off.
command-help-slow = For example: /slow 30s, /slow 2 minutes, /slow off.
command-help-unban = Reply to a message: /unban. Or: /unban @name, /unban and the number.
command-help-warn = Reply to a message: /warn and the reason. Or: /warn @name reason.
command-history =
    <b>{ $name }</b> · { $id }
    Messages: { $messages }, cases: { $cases }, points in force: { $points }
command-history-ban = ban
command-history-ended = • { $date }: { $what }, { $rule } (lifted or expired)
command-history-line = • { $date }: { $what }, { $rule }
command-history-mute = pause
command-history-note = ✎ { $date }: { $words }
command-history-warn = warning
command-muted = Paused for { $duration }: { $name }.
command-noted = Noted about { $name }. Only staff can see it.
command-purged = { $count ->
    [one] Removed { $count } message.
   *[other] Removed { $count } messages.
}
command-purged-left = Removed messages: { $count }. { $left } are over two days old and Telegram does not let the bot delete them.
command-raid-off = The gate is open, newcomers can write.
command-raid-on = The gate is closed for { $duration }: newcomers can only read. To open it earlier: /raid off
command-raid-was-off = The gate is open already.
command-said = { $words }
command-slow = From now on one message in { $duration } each. To go back: /slow off
command-slow-off = Slow mode is off.
command-unbanned = No restrictions any more: { $name }.
command-warned = Warned: { $name }.
knob-at-once-score = wake the duty from score
knob-ban-at = ask for a ban from points
knob-ban-score = ban from score
knob-custom-emoji-max = custom emoji in a row
knob-dice-max = dice in the window
knob-duplicate-window-seconds = window for repeats, seconds
knob-duplicates-max = equal messages
knob-held-seconds = pause until a ban is decided, seconds
knob-hide-score = hide from score
knob-history-messages = confirm a ban from messages
knob-joins-max = joins in the window
knob-least-characters = shortest text, characters
knob-least-letters = letters in a name at least
knob-least-words = words at least
knob-links-allowed = links
knob-links-max = links in a message
knob-long-mute-at = long pause from points
knob-long-mute-seconds = long pause, seconds
knob-longest-mute-at = longest pause from points
knob-longest-mute-seconds = longest pause, seconds
knob-longest-seconds = longest time, seconds
knob-margin = lead of the other subject
knob-media-allowed = pictures and files
knob-mentions-max = mentions in a message
knob-messages-max = messages in the window
knob-mode = mode
knob-mute-at = pause from points
knob-mute-seconds = pause, seconds
knob-newcomer-days = newcomer, days
knob-newcomer-messages = newcomer below messages
knob-newcomer-reactions-max = a newcomer's reactions in the window
knob-night-end = end of the night, minutes after midnight
knob-night-start = start of the night, minutes after midnight
knob-profanity-to-review = swear words before a remark
knob-reactions-max = reactions in the window
knob-release-after-seconds = quiet seconds before opening
knob-review-score = show to a moderator from score
knob-shortest-seconds = shortest time, seconds
knob-signals-min = signals side by side
knob-similarity = likeness of names
knob-slow-seconds = seconds between messages
knob-soft-first-times = times without a strike
knob-standing-days = of standing after days
knob-standing-messages = of standing after messages
knob-standing-points = points forgiven to members of standing
knob-strike-days = days a strike counts
knob-topic-mode = who writes
knob-wave-authors = other authors of the same text
knob-window-seconds = window, seconds
notice-moved = { $name } writes (moved from the topic “{ $topic }”):
policy-apply-button = Apply
policy-back-button = ← Back
policy-changed = { $name }: <b>{ $knob }</b> is { $value }.
policy-knob = <b>{ $rule }: { $knob }</b>
    In force: { $value }
policy-knob-limits = <b>{ $rule }: { $knob }</b>
    In force: { $value }. From { $low } to { $high }.
policy-ladder = ladder of sanctions
policy-last = Last changed by { $name }, { $date }.
policy-no = no
policy-preview =
    <b>{ $knob }: { $value }</b>
    Tried on the latest messages: { $messages }. As it is, the bot would notice { $before }, with the change { $after }: { $more } more, { $fewer } fewer.
policy-section = <b>{ $rule }</b>
policy-sections = Choose a rule.
policy-title = <b>Numbers of moderation</b>
    For the whole community or for one topic?
policy-undo-button = Undo
policy-undone = <b>{ $knob }</b>: the earlier value is back.
policy-value-experts-only = experts only
policy-value-live = in force
policy-value-off = off
policy-value-open = everybody writes
policy-value-read-only = read only
policy-value-shadow = only watching
policy-whole-chat = Whole community
policy-yes = yes
refusal-case-decided = This case is decided already: { $name }.
refusal-case-no-text = The text is gone or about a child, so it cannot serve as a sample.
refusal-case-not-found = There is no such case.
refusal-case-own = Somebody else decides about your own message.
refusal-moderation-no-words = Say what to remember: /note and the words.
refusal-moderation-not-author = The one who wrote the message decides.
refusal-policy-changed-since = The number was changed again since. Open it anew: /rules
refusal-report-not-possible = This message cannot be reported: you wrote it yourself, or the bot or an administrator did. Write to us: /ask
refusal-report-too-many = Thank you, you have reported a lot within an hour. We will look at them in turn; please wait a little with others.
