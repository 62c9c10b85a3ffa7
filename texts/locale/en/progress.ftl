# Progress of a child: /progress, streaks, text for those who cannot see the picture.

progress-ahead-mark = ahead
progress-caption =
    <b>{ $name }</b>
    { $lessons }, { $minutes }
    { $streak }
progress-child-generic = Child
progress-day-done = lesson done
progress-day-forgiven = not counted
progress-day-frozen = freeze
progress-day-missed = lesson missed
progress-goal = Goal: { $goal }
progress-goal-lessons = Goal: { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
}, { $left } to go
progress-lessons-total = Lessons in all: { $lessons }
progress-level = Level: { $level }
progress-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} in four weeks
progress-none = No lessons yet. The first can begin with five minutes.
progress-picture-button = As a picture
progress-self-ask = How was the week, honestly?
progress-self-easy-button = Easy
progress-self-hard-button = Hard
progress-self-normal-button = Fine
progress-self-saved = Noted. We will compare in a week.
progress-streak = Streak: { $days ->
    [one] { $days } day
   *[other] { $days } days
}
progress-streak-best = Best streak: { $days ->
    [one] { $days } day
   *[other] { $days } days
}
progress-streak-freezes = Freezes left: { $freezes }
progress-streak-none = The streak begins with the next lesson.
progress-text-button = In words
progress-title = <b>Progress</b>
# $weekday, $list - ready words
progress-week-line = { $week }: { $list }
progress-week-none = no lessons
