# Duty: the week, changes, swaps.

# $link
calendar-feed = To keep it up to date by itself, subscribe to this address: { $link }
    The address is yours alone, do not forward it.
calendar-name = Opora
duty-entry-title = Duty in the community
duty-file = duty
duty-help =
    <blockquote expandable>How to change it:
    <code>/duty add mon 10:00-14:00</code> weekly hours
    <code>/duty off 29.11</code> a day off
    <code>/duty extra 29.11 10-12</code> extra hours
    <code>/duty swap 29.11</code> as a reply to a colleague: ask to stand in
    <code>/duty limit 5</code> how many questions to hold at once
    <code>/duty ics</code> a calendar file</blockquote>
# $name, $open - open questions
duty-load-line = { $name }: { $open ->
    [one] { $open } open question
   *[other] { $open } open questions
}
duty-saved = Saved.
duty-swap-accept-button = I will stand in
# $day
duty-swap-asked = A colleague asks you to stand in on { $day }. Can you?
# $day
duty-swap-told = Somebody stands in for you on { $day }. Have a rest.
# $day
duty-week-day = <b>{ $day }</b>
duty-week-empty = There is no duty this week.
# $starts, $ends, $names - ready words
duty-week-line = { $starts }–{ $ends } { $names }
duty-week-title = <b>Duty this week</b>
# $name, $speciality
duty-week-who = { $name } ({ $speciality })
refusal-duty-no-hours = You have no duty on that day anyway.
refusal-duty-not-an-expert = Only experts keep duty. Grant the role first: /role
refusal-duty-other-speciality = Only an expert of the same speciality can stand in.
refusal-duty-swap-over = That swap is not needed any more.
refusal-duty-swap-with-whom = Reply with the command to the colleague you ask.
refusal-duty-unknown = There is no such duty.
