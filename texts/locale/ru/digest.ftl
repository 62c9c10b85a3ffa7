# The weekly digest: one message for all children of a parent, a section each.

digest-age-item = <b>По возрасту</b>
# $span - ready words ("23–29 ноября")
digest-community = <b>В сообществе</b>
digest-empty = Занятий на этой неделе не было. Так бывает; на следующей хватит и одного короткого.
digest-events = <b>На следующей неделе</b>
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
digest-next-lesson = Ближайшее занятие: { $when }
digest-pause-button = Пауза на неделю
digest-progress-button = Подробнее
# $weeks - planned lesson days in a row
digest-streak = Без пропусков { $days ->
    [one] { $days } день занятий
    [few] { $days } дня занятий
   *[many] { $days } дней занятий
} подряд
digest-subtitle = { $span }
digest-summary-all-done = Все занятия недели на месте. Отличный ритм.
digest-summary-more = На этой неделе больше, чем на прошлой. Видно старание.
digest-summary-one = Одно занятие тоже считается: ритм не потерян.
digest-summary-some = Хорошая неделя: шаг за шагом.
digest-title = <b>Сводка недели</b>
