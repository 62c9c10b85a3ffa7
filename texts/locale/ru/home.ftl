# The parent's home and the way there.

home-child-days-button = Дни занятий
home-child-erase-button = Стереть все данные
home-child-goal-button = Цель
home-child-goal-line = { $name }, { $age } · цель: { $goal }
home-child-keep-button = Оставить
home-child-line = { $name }, { $age }
home-child-name-add-button = Назвать по имени
home-child-name-button = Имя
home-child-name-cleared = Хорошо, будем обходиться без имени.
home-child-name-saved = Запомнили. Теперь в сообщениях будет имя: { $name }.
home-child-nameless = Ребёнок
home-children-none = Пока никого. Хватит года и месяца рождения, имя можно не называть.
home-children-title = <b>Мои дети</b>
home-community = Сообщество родителей: советы, опыт и встречи с экспертами. Заходите, когда будет удобно.
home-community-none = Сообщество скоро откроется. Пришлём приглашение, когда всё будет готово.
home-community-topics = Темы по возрасту вашего ребёнка (откроются, когда вы вступите):
home-day-button = День и час
home-digest =
    <b>Сводка и тихие часы</b>

    Сводка: { $weekday }, { $hour }
    Не беспокоим: { $quiet }
home-digest-paused =
    <b>Сводка и тихие часы</b>

    Сводка: { $weekday }, { $hour }
    Не беспокоим: { $quiet }
    Пауза до { $until }
home-language =
    <b>Язык и время</b>

    { $zone }: сейчас { $time }
home-pause-button = Пауза
home-progress-none = Прогресс появится после первого занятия. Начать можно с пяти минут.
home-quiet-button = Тихие часы
home-quiet-hours = с { $start } до { $end }
home-quiet-none = тихие часы выключены
home-topics-button = О чём писать
home-zone-button = Другой часовой пояс
item-again-alert = Это мы уже записали
item-all-ticked-alert = Всё готово. Отличный старт!
item-cancel =
    Понимаем. Уйти можно в два нажатия: нажмите /leave и подтвердите.
    Если дело во времени, можно просто взять паузу: /settings
item-done-alert = Отлично! Так держать
item-goal-alert = Хорошая цель: { $goal }. С неё и начнём.
item-hard = Спасибо, что сказали прямо. Сложности в начале бывают у всех. Хотите, эксперт подскажет, с чего начать?
item-paused = Хорошо, { $duration } не пишем. Вернуться раньше можно в любой момент: /settings
item-saved-alert = Спасибо, записали
item-star = ⭐
item-ticked-alert = Готово: { $done } из { $total }
lesson-days-ask = В какие дни удобно заниматься? Хватит трёх-четырёх коротких занятий в неделю.
# $days, $hour - ready words
lesson-days-saved = Запомнили: { $days }, { $hour }. По этим дням и посчитаем серию.
lesson-hour-ask = В котором часу? Потом легко поменять.
menu-hint = Я понимаю кнопки и команды. Вот меню: /menu. А вопрос эксперту можно задать здесь: /ask
preview-head = <i>Проверка, не рассылка: { $item }, семья { $family }, знаков: { $units }</i>
preview-nothing = { $item }: семья { $family } этого не получит. Текст личный, а общего варианта у него нет.
preview-unknown = Сообщения «{ $item }» нет. Похожие: { $close }
preview-usage = Так: /preview onboarding-3-5-day-1 3-5 ru. Семьи: { $families }
refusal-button-stale = Эта кнопка уже не действует. Откройте меню: /menu
refusal-child-bad-month = Такой даты рождения быть не может. Выберите год и месяц ещё раз.
refusal-child-future = Этот месяц ещё не наступил. Выберите год и месяц ещё раз.
refusal-child-name-letters = Имя записываем только буквами. Напишите ещё раз, например: Соня.
refusal-child-name-personal = Телефоны, даты и адреса в чат писать не нужно: мы этого не сохранили. Хватит одного имени.
refusal-child-name-too-long = Такое длинное имя не поместится в сообщения. Хватит одного слова.
refusal-consent-child-data-needed = Чтобы записать ребёнка, нужно согласие на обработку его данных: /consent
refusal-person-unknown = Мы ещё не знакомы. Нажмите /start
start-first = Давайте сначала познакомимся: /start
