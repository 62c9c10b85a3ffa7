# The parent's home and the way there.

home-child-days-button = Lesson days
home-child-erase-button = Erase all data
home-child-goal-button = Goal
home-child-goal-line = { $name }, { $age } · goal: { $goal }
home-child-keep-button = Keep
home-child-line = { $name }, { $age }
home-child-name-add-button = Add a name
home-child-name-button = Name
home-child-name-cleared = Fine, we will do without a name.
home-child-name-saved = Noted. Messages will say: { $name }.
home-child-nameless = Child
home-children-none = Nobody yet. Year and month of birth are enough, no name is needed.
home-children-title = <b>My children</b>
home-community = The community of parents: advice, experience and sessions with experts. Come in whenever it suits you.
home-community-none = The community opens soon. We will send an invitation when it is ready.
home-community-topics = Topics for your child's age (they open once you have joined):
home-day-button = Day and hour
home-digest =
    <b>Summary and quiet hours</b>

    Summary: { $weekday }, { $hour }
    We do not disturb you: { $quiet }
home-digest-paused =
    <b>Summary and quiet hours</b>

    Summary: { $weekday }, { $hour }
    We do not disturb you: { $quiet }
    Pause until { $until }
home-language =
    <b>Language and time</b>

    { $zone }: it is { $time }
home-pause-button = Pause
home-progress-none = Progress appears after the first lesson. Five minutes are enough to begin.
home-quiet-button = Quiet hours
home-quiet-hours = { $start } to { $end }
home-quiet-none = quiet hours are off
home-topics-button = Topics
home-zone-button = Another time zone
item-again-alert = We have noted that already
item-all-ticked-alert = All done. A great start!
item-cancel =
    We understand. Leaving takes two taps: press /leave and confirm.
    If it is about time, you can simply take a pause: /settings
item-done-alert = Well done! Keep it up
item-goal-alert = A good goal: { $goal }. Let us begin with it.
item-hard = Thank you for saying so. The beginning is hard for everybody. Would you like an expert to suggest where to start?
item-paused = Fine, no messages for { $duration }. You can come back any time: /settings
item-saved-alert = Thank you, noted
item-star = ⭐
item-ticked-alert = Done: { $done } of { $total }
lesson-days-ask = Which days suit you? Three or four short lessons a week are enough.
# $days, $hour - ready words
lesson-days-saved = Noted: { $days }, { $hour }. The streak counts by these days.
lesson-hour-ask = At what time? It is easy to change later.
menu-hint = I understand buttons and commands. Here is the menu: /menu. And this is how to ask an expert: /ask
preview-head = <i>A preview, not a mailing: { $item }, family { $family }, characters: { $units }</i>
preview-nothing = { $item }: family { $family } does not get this. The text is personal and has no general version.
preview-unknown = There is no message “{ $item }”. Close ones: { $close }
preview-usage = Like this: /preview onboarding-3-5-day-1 3-5 en. Families: { $families }
refusal-button-stale = This button no longer works. Open the menu: /menu
refusal-child-bad-month = There can be no such date of birth. Please choose the year and month again.
refusal-child-future = That month has not come yet. Please choose the year and month again.
refusal-child-name-letters = A name is written with letters only. Try again, for example: Sonya.
refusal-child-name-personal = No phones, dates or addresses are needed in the chat: we did not keep this. A first name is enough.
refusal-child-name-too-long = Such a long name will not fit into messages. One word is enough.
refusal-consent-child-data-needed = To add a child we need your consent to process the child's data: /consent
refusal-person-unknown = We have not met yet. Press /start
start-first = Let us meet first: /start
