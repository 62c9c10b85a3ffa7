# Words used everywhere. Keys ending in -button, -alert, -title, -command and -file hold no markup.

# $months - full months
age-months = { $months ->
    [one] { $months } месяц
    [few] { $months } месяца
   *[many] { $months } месяцев
}
# $years - full years
age-years = { $years ->
    [one] { $years } год
    [few] { $years } года
   *[many] { $years } лет
}
apology =
    Что-то пошло не так, и это наша ошибка, а не ваша. Мы уже знаем о ней.
    Попробуйте ещё раз через минуту.
back-button = ← Назад
button-stale-alert = Эта кнопка уже не действует. Откройте меню: /start
cancel-button = Отмена
cancelled = Хорошо, отменили. Если передумаете, всё найдётся в меню: /start
cohort-0-2 = до 3 лет
cohort-13-16 = 13–16 лет
cohort-3-5 = 3–5 лет
cohort-6-8 = 6–8 лет
cohort-9-12 = 9–12 лет
cohort-unknown = возраст не указан
done-alert = Готово
# $days
duration-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
# $minutes: the accusative, "на 1 минуту"
duration-for-minutes = { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}
# $seconds: the accusative
duration-for-seconds = { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
}
# $weeks: the accusative
duration-for-weeks = { $weeks ->
    [one] { $weeks } неделю
    [few] { $weeks } недели
   *[many] { $weeks } недель
}
# $hours
duration-hours = { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
   *[many] { $hours } часов
}
# $minutes
duration-minutes = { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}
# $seconds
duration-seconds = { $seconds ->
    [one] { $seconds } секунда
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
}
# $weeks
duration-weeks = { $weeks ->
    [one] { $weeks } неделя
    [few] { $weeks } недели
   *[many] { $weeks } недель
}
language-en-button = English
language-ru-button = Русский
menu-button = Меню
next-button = Дальше
role-admin = администратор
role-expert = эксперт
role-member = участник
role-mentor = наставник
role-moderator = модератор
role-owner = владелец
saved-alert = Сохранено
skip-button = Пропустить
text-please = Напишите ответ текстом, пожалуйста: картинку или голос здесь прочитать не получится.
undo-button = Вернуть как было
undone-alert = Вернули как было
