# Commands of /broadcast, /freeze, /stopall and /why.

refusal-broadcast-label-needed = An offer needs the advertiser and the ad token (erid). Give them: <code>/broadcast_label Ad. School Ltd. erid: 2Vtz…</code>
refusal-broadcast-no-text = The broadcast has no text yet. Write it right after the command: <code>/broadcast Come to our open lesson…</code>
refusal-delivery-freeze-backwards = The last day of the freeze is before the first. Please swap the dates.
refusal-delivery-person-unknown = The bot does not know this person. Check the number or reply to a message of theirs with the command.
stops-broadcast-at-usage = Day and hour on the reader's clock: <code>/broadcast_at 2026-12-01 10:00</code>. At once: <code>/broadcast_at now</code>
# $audience, $class, $when - words
stops-broadcast-draft =
    To: { $audience }
    Kind: { $class }
    When: { $when }
stops-broadcast-help =
    Write the text right after the command:
    <code>/broadcast You are invited to an open lesson…</code>

    You see it as a family will, count the readers and confirm.
stops-broadcast-label-set = The label is kept.
stops-broadcast-list-button = List of recipients
stops-broadcast-started = The broadcast is on its way.
stops-count-button = Count
stops-everybody = all parents
# $id, $from, $to, $reason
stops-freeze-line = No. { $id }: { $from } – { $to }, { $reason }
stops-freeze-thawed = The freeze is lifted.
stops-freeze-usage =
    Freeze: <code>/freeze 2027-01-01 2027-01-08 holidays</code>
    Lift: <code>/freeze off 3</code>
    List: <code>/freeze</code>
stops-recipients-file = recipients.csv
stops-test-sent-alert = It comes here in a moment
# $day, $hour
stops-when-local = { $day } at { $hour } on the reader's clock
stops-when-now = at once
# $days - number
stops-who-active =
    { $days ->
        [one] wrote within { $days } day
       *[other] wrote within { $days } days
    }
# $audience - words
stops-who-ask =
    To: { $audience }

    Within one kind of choice a single match is enough, different kinds hold together. Parents choose topics in /consent; age counts only with their consent.
stops-who-button = To whom
stops-who-done-button = ← Done
stops-who-missed = those who missed the last broadcast
stops-why-usage = Answer a message of the person with this command, or give the Telegram number: <code>/why 12345</code>
