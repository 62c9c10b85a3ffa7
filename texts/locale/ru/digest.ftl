# The weekly digest: one message for all children of a parent, a section each.

digest-empty = Занятий на этой неделе не было. Так бывает; на следующей хватит и одного короткого.
digest-footer = Присылаем раз в неделю. День и час можно поменять: /settings
# $name - child or "Ребёнок"
digest-heading-child = <b>{ $name }</b>
digest-heading-generic = <b>Занятия</b>
# $lessons, $planned
digest-lessons = { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
} из { $planned } запланированных
digest-lessons-more = { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
} за неделю
digest-level = Новый уровень: { $level }
# $minutes
digest-minutes = { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
} занятий
digest-module = Закончен модуль «{ $module }»
digest-next-goal = Следующая цель: { $goal }
digest-pause-button = Пауза на неделю
digest-progress-button = Подробнее
# $weeks - planned lesson days in a row
digest-streak = { $days ->
    [one] { $days } день занятий
    [few] { $days } дня занятий
   *[many] { $days } дней занятий
} подряд без пропусков
digest-subtitle = { $span }
digest-title = <b>Сводка недели</b>
