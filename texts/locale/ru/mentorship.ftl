# Parent to parent: application, matching, check-ins, finish.

mentor-apply-ask-help = С чем хочется помощи? Выберите тему и добавьте пару слов.
mentor-apply-ask-offer = В чём вы могли бы поддержать других? Обычно это то, через что прошли сами.
mentor-apply-become-button = Стать наставником
mentor-apply-find-button = Найти наставника
mentor-apply-received = Заявку получили. Модератор посмотрит её в течение двух дней.
mentor-approved =
    Вы наставник. Спасибо!

    Осталось короткое обучение: правила, красные флаги, как остудить разговор. Минут десять.
mentor-check-in = Как идёт общение с наставником на этой неделе?
mentor-check-in-bad-button = Не складывается
mentor-check-in-fine-button = Нормально
mentor-check-in-good-button = Хорошо
mentor-check-in-mentor = Как вы сами? Если стало тяжело, скажите: подменим или дадим паузу.
mentor-declined = Пока не получится: { $reason }. Будем рады видеть вас в сообществе.
mentor-finish-button = Завершить
mentor-finished = Спасибо вам обоим. Если захотите ещё, всё здесь: /mentor
mentor-load = Сейчас вы помогаете { $count ->
    [one] { $count } семье
   *[many] { $count } семьям
} из { $limit }.
# $topic, $reason - ready words
mentor-match-ask = Предлагаем пару. Тема: { $topic }. Почему подходит: { $reason }. Согласны?
mentor-match-made = Пара сложилась. Пишите сюда, бот передаст без имён и телефонов.
mentor-match-none = Подходящего наставника пока нет. Напишем, как только появится.
mentor-pause-button = Пауза
mentor-paused = Пауза до { $date }. Новых семей не предложим.
mentor-quiz-done = Всё верно, можно начинать.
mentor-quiz-retry = Почти. Посмотрите правила ещё раз и попробуйте снова.
mentor-red-flag-ask = Что случилось? Напишите коротко, дежурный увидит сразу.
mentor-red-flag-sent = Передали дежурному. Ответит в течение 15 минут. Спасибо, что не остались с этим одни.
mentor-relay-off = Общение закончено, сообщения больше не передаются.
mentor-rematch-button = Другая пара
mentor-thanks-public = Спасибо нашим наставникам: за месяц они поддержали { $count ->
    [one] { $count } семью
    [few] { $count } семьи
   *[many] { $count } семей
}.
