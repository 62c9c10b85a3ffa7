# Words used everywhere. Keys ending in -button, -alert, -title, -command and -file hold no markup.

# $months - full months
age-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
# $years - full years
age-years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
apology =
    Something went wrong, and it is our mistake, not yours. We already know about it.
    Please try again in a minute.
back-button = ← Back
button-stale-alert = This button no longer works. Open the menu: /start
cancel-button = Cancel
cancelled = All right, cancelled. If you change your mind, it is all in the menu: /start
cohort-0-2 = under 3
cohort-13-16 = 13–16
cohort-3-5 = 3–5
cohort-6-8 = 6–8
cohort-9-12 = 9–12
cohort-unknown = age not given
done-alert = Done
# $days
duration-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
# $minutes: the accusative of Russian; the same in English
duration-for-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
# $seconds
duration-for-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
# $weeks
duration-for-weeks = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
}
# $hours
duration-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
# $minutes
duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
# $seconds
duration-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
# $weeks
duration-weeks = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
}
language-en-button = English
language-ru-button = Русский
menu-button = Menu
next-button = Next
role-admin = administrator
role-expert = expert
role-member = member
role-mentor = mentor
role-moderator = moderator
role-owner = owner
saved-alert = Saved
skip-button = Skip
text-please = Please answer in text: we cannot read a picture or a voice message here.
undo-button = Undo
undone-alert = Undone
