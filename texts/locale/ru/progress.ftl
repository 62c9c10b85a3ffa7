# Progress of a child: /progress, streaks, text for those who cannot see the picture.

progress-ahead-mark = впереди
progress-caption =
    <b>{ $name }</b>
    { $lessons }, { $minutes }
    { $streak }
progress-child-generic = Ребёнок
progress-day-done = занятие было
progress-day-forgiven = не считается
progress-day-frozen = заморозка
progress-day-missed = занятие пропущено
progress-goal = Цель: { $goal }
progress-goal-lessons = Цель: { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
}, осталось { $left }
progress-lessons-total = Всего уроков: { $lessons }
progress-level = Уровень: { $level }
progress-minutes = { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
} за четыре недели
progress-none = Занятий пока не было. Первое можно начать с пяти минут.
progress-picture-button = Картинкой
progress-self-ask = Как прошла неделя, если честно?
progress-self-easy-button = Легко
progress-self-hard-button = Трудно
progress-self-normal-button = Нормально
progress-self-saved = Записали. Сравним через неделю.
progress-streak = Серия: { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
progress-streak-best = Лучшая серия: { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
progress-streak-freezes = Заморозок в запасе: { $freezes }
progress-streak-none = Серия начнётся со следующего занятия.
progress-text-button = Словами
progress-title = <b>Прогресс</b>
# $weekday, $list - ready words
progress-week-line = { $week }: { $list }
progress-week-none = занятий не было
