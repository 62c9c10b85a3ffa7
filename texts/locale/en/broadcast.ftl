# Mailings by the staff: compose, preview, count, send, watch, stop; /why.

broadcast-cancel-button = Cancel the mailing
broadcast-cancelled = The mailing is cancelled. Sent: { $sent }, cancelled: { $cancelled }.
broadcast-class-care-button = Care
broadcast-class-marketing-button = Advertising
broadcast-class-service-button = Service
# $planned, $excluded, $reasons - ready markup
broadcast-count =
    Will receive: <b>{ $planned }</b>
    Will not: { $excluded }
    { $reasons }
broadcast-done =
    <b>The mailing is finished</b>
    Sent { $sent } of { $planned }. The rest by reason:
    { $reasons }
broadcast-emergency = <b>All mailings are stopped.</b> Service messages go on. To switch back on: /stopall off
broadcast-emergency-off = Mailings go on. What is out of date is not sent.
broadcast-freeze-added = Frozen from { $from } to { $to }: { $reason }. No mailings on these days, streaks are kept.
broadcast-freeze-none = Nothing is frozen.
broadcast-missed-button = Send to those who missed it
broadcast-pause-button = Pause
broadcast-paused = Paused. Already on the way: { $flying }. We will go on from the same place.
broadcast-preview = This is what a family will see:
# $sent, $planned, $left - ready words
broadcast-progress = Sent { $sent } of { $planned }. About { $left } left.
broadcast-reason = • { $reason }: { $count }
broadcast-resume-button = Resume
broadcast-send-button = Send
broadcast-test = <i>A test. Parents do not see this.</i>
broadcast-test-button = Test on myself
broadcast-why-head = <b>Messages of { $days } days</b>
broadcast-why-none = Nothing was planned in this time.
broadcast-why-not-sent = ✕ { $title }, { $when }: { $reason }
broadcast-why-sent = ✓ { $title }, { $when }: { $reason }

# Why a message was held back.

reason-advertising = nobody is named as advertiser (38-FZ)
reason-blocked = the bot is blocked
reason-cancelled = cancelled
reason-caps = enough messages already
reason-complaint = an open complaint after a low score
reason-erased = data erased
reason-expired = out of date
reason-failed = Telegram refused it
reason-freeze = days without mailings
reason-holdout = control group
reason-no-consent = no consent
reason-paused = the family is on pause
reason-personalisation = no consent to tips by age
reason-quiet-hours = quiet hours
reason-unknown = not known whether it arrived

# Why a message went, and when.

trace-class-care = about the child's lessons
trace-class-control = a service message, always sent
trace-class-marketing = an offer
trace-class-service = a service message, always sent
trace-consent = there is consent
trace-waited = it waited: { $reason }
