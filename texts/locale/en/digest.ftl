# The weekly digest: one message for all children of a parent, a section each.

digest-empty = No lessons this week. It happens; next week a single short one is enough.
digest-footer = Sent once a week. You can change the day and hour: /settings
# $name - child or "Child"
digest-heading-child = <b>{ $name }</b>
digest-heading-generic = <b>Lessons</b>
# $lessons, $planned
digest-lessons = { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
} of { $planned } planned
digest-lessons-more = { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
} this week
digest-level = A new level: { $level }
# $minutes
digest-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} of study
digest-module = Module “{ $module }” finished
digest-next-goal = The next goal: { $goal }
digest-pause-button = Pause for a week
digest-progress-button = Details
# $weeks - planned lesson days in a row
digest-streak = { $days ->
    [one] { $days } lesson day
   *[other] { $days } lesson days
} in a row without a gap
digest-subtitle = { $span }
digest-title = <b>The week in brief</b>
