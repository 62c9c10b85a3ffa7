# The parent's home and the way there.

menu-hint = Я понимаю команды и кнопки. Меню: /menu, вопрос эксперту: /ask, согласия и настройки: /consent
refusal-child-bad-month = Такой даты рождения быть не может. Выберите год и месяц ещё раз.
refusal-child-future = Этот месяц ещё не наступил. Выберите год и месяц ещё раз.
refusal-consent-child-data-needed = Чтобы записать ребёнка, нужно согласие на обработку его данных: /consent
refusal-person-unknown = Мы ещё не знакомы. Нажмите /start
start-first = Давайте сначала познакомимся: /start
