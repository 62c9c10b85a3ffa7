# Parent to parent: application, matching, check-ins, finish.

mentorship-about-family = Расскажите в двух словах, с чем хочется помощи. Имена и школа не нужны.
mentorship-about-mentor = Расскажите немного о своём опыте: что вы уже прошли и чем можете поделиться.
mentorship-agree-button = Согласиться
# $id, $side - ready words, $topics, $cohorts - ready lists, $about
mentorship-application-card =
    <b>Заявка № { $id }: { $side }</b>
    Темы: { $topics }
    Возраст: { $cohorts }

    <blockquote expandable>{ $about }</blockquote>
mentorship-applied = Спасибо! Заявку посмотрит модератор, ответим в течение двух дней.
mentorship-approve-button = Принять
mentorship-approved-family = Заявка принята. Подбираем наставника и напишем, как только найдём.
mentorship-approved-mentor = Мы рады, что вы хотите помогать! Осталось короткое обучение: пять минут и пять вопросов.
mentorship-become-button = Стать наставником
mentorship-choose = Отметьте возраст и темы, а потом нажмите «Дальше».
mentorship-decline-button = Отклонить
mentorship-declined = Спасибо за заявку! Сейчас не получится, но двери открыты: можно попробовать ещё раз позже.
mentorship-feedback = Что было полезно, а чего не хватило? Несколько слов помогут другим.
mentorship-feedback-button = Оставить отзыв
mentorship-feedback-thanks = Спасибо, передадим.
mentorship-find-button = Найти наставника
mentorship-finish-button = Завершить
mentorship-flag-alert = Позвали эксперта. Он ответит вам лично. Если есть опасность прямо сейчас, звоните 112.
# $text
mentorship-from-family =
    <b>Пишет родитель</b>

    { $text }
# $text
mentorship-from-mentor =
    <b>Пишет наставник</b>

    { $text }
# $text
mentorship-from-more = { $text }
mentorship-hidden = Телефоны и адреса мы убрали: так безопаснее обоим. Остальное передали.
mentorship-intro =
    <b>Наставник: родитель родителю</b>

    Опытные родители помогают тем, кто только начинает. Переписка идёт через бота, имён и телефонов не видно.
# $name, $pairs, $limit, $messages - in a week, $sign - ready words
mentorship-load-line = { $name }: семей { $pairs } из { $limit }, сообщений за неделю { $messages } · { $sign }
mentorship-load-none = Наставников пока нет.
mentorship-load-title = <b>Нагрузка наставников</b>
# $count - pairs proposed
mentorship-matched = { $count ->
    [one] Предложили { $count } пару.
    [few] Предложили { $count } пары.
   *[many] Предложили { $count } пар.
}
mentorship-meet-ask =
    <b>Писать напрямую, без бота?</b>

    Другая сторона увидит ваш профиль в Telegram: имя, фото и то, что вы сами показываете. Телефон и имя ребёнка мы не передаём. Это случится, только если согласны вы оба.

    Помощь эксперта и «Красный флаг» остаются здесь.
mentorship-meet-button = Познакомиться
mentorship-meet-no-button = Остаться в боте
mentorship-meet-stay-alert = Хорошо, продолжаем здесь. Другой стороне ничего не сказали.
mentorship-meet-waiting-alert = Спросили другую сторону. Пока она не согласна, вас не видно.
mentorship-meet-yes-button = Да, познакомьте нас
mentorship-pair-check-in = Прошла неделя. Как идут дела? Можно написать, взять паузу или завершить.
mentorship-pair-finished-family = Наставничество завершено. Спасибо, что доверились!
mentorship-pair-finished-mentor = Наставничество завершено. Спасибо вам: рядом с этой семьёй был опытный человек.
mentorship-pair-meet = Ваша пара предлагает переписываться напрямую, без бота. Тогда вы увидите профили друг друга: имя, фото и то, что каждый сам показывает. Согласны?
# $account
mentorship-pair-met =
    Вы оба согласились, теперь можно писать напрямую: <a href="tg://user?id={ $account }">открыть переписку</a>.

    Если станет тревожно за ребёнка или за себя, вернитесь сюда и нажмите «Красный флаг».
mentorship-pair-paused = Пауза. Когда всё будет готово, продолжим.
mentorship-pair-quiet = Две недели тишины. Всё в порядке? Можно написать, взять паузу или завершить.
mentorship-pair-refused = В этот раз не сложилось. Ищем дальше.
mentorship-pair-resumed = Пауза закончилась, можно писать.
mentorship-pair-started-family = Наставник с вами. Напишите, с чего хочется начать: ответьте прямо на это сообщение.
mentorship-pair-started-mentor = Семья согласилась. Поздоровайтесь первым: ответьте прямо на это сообщение. Шаблоны: /t
# $id
mentorship-pair-yours-family = <b>Ваш наставник</b> · пара № { $id }
# $id
mentorship-pair-yours-mentor = <b>Ваша семья</b> · пара № { $id }
mentorship-pause-button = Пауза
mentorship-paused = Сделали паузу. Вернуться можно в любой момент.
# $reasons - ready list
mentorship-proposed-family = Нашёлся наставник. Что общего: { $reasons }. Согласны попробовать?
# $reasons - ready list
mentorship-proposed-mentor = Есть семья, которой вы можете помочь. Что общего: { $reasons }. Возьмёте?
mentorship-quiz-1 =
    <b>1 из 5.</b> Родитель спрашивает, какое лекарство дать.
    a. Посоветую то, что помогло нам
    b. Скажу, что это к врачу, и помогу подготовить вопросы
    c. Промолчу
mentorship-quiz-2 =
    <b>2 из 5.</b> Вы видите признаки насилия дома.
    a. Нажму «Красный флаг» сразу
    b. Сначала всё выясню сам
    c. Подожду неделю
mentorship-quiz-3 =
    <b>3 из 5.</b> Родитель злится и пишет резко.
    a. Отвечу так же
    b. Заблокирую
    c. Назову чувство, сделаю паузу, вернусь к вопросу
mentorship-quiz-4 =
    <b>4 из 5.</b> Вам предлагают перейти в другой мессенджер.
    a. Дам свой номер
    b. Останусь в боте: так безопаснее обоим
    c. Спрошу номер у них
mentorship-quiz-5 =
    <b>5 из 5.</b> Вы устали и не успеваете.
    a. Возьму паузу и скажу об этом
    b. Буду отвечать ночью
    c. Перестану отвечать
mentorship-quiz-failed = Почти. Перечитайте правила и попробуйте ещё раз, спешить некуда.
mentorship-quiz-passed = Поздравляем, вы наставник! Скоро предложим первую семью.
mentorship-reason-cohort = возраст детей
mentorship-reason-hours = удобные часы
mentorship-reason-near-cohort = близкий возраст детей
mentorship-reason-topic = тема
# $families
mentorship-recognition =
    <b>Спасибо от школы</b>

    { $families ->
        [1] Вы прошли этот путь с первой семьёй. Ей было на кого опереться.
        [one] Вы поддержали уже { $families } семью. Им было на кого опереться.
        [few] Вы поддержали уже { $families } семьи. Им было на кого опереться.
       *[many] Вы поддержали уже { $families } семей. Им было на кого опереться.
    }
mentorship-red-flag-button = Красный флаг
mentorship-refuse-button = Не сейчас
mentorship-refused = Хорошо, поищем дальше.
mentorship-resume-button = Продолжить
mentorship-resumed = Продолжаем.
mentorship-side-family = семья ищет наставника
mentorship-side-mentor = хочет стать наставником
mentorship-sign-busy = много сообщений, пора разгрузить
mentorship-sign-fine = всё хорошо
mentorship-sign-flags = тяжёлые случаи, нужна поддержка
mentorship-sign-full = мест нет
mentorship-sign-silent = молчит, спросите, как дела
# $name, $title
mentorship-templates-line = <code>/t { $name }</code> { $title }
mentorship-templates-title =
    <b>Шаблоны</b>
    Заполните места: <code>/t имя место=слова; место=слова</code>
mentorship-topic-adaptation = адаптация
mentorship-topic-habits = цифровые привычки
mentorship-topic-learning = учёба
mentorship-topic-other = другое
mentorship-topic-sleep = сон и режим
mentorship-topic-teens = подростки
mentorship-training =
    <b>Правила наставника</b>

    • Делимся опытом, не ставим диагнозов и не советуем лекарств.
    • Всё, что вам доверили, остаётся между вами.
    • Страшно за ребёнка или родителя? Сразу «Красный флаг».
    • Спор остужаем: назвать чувство, согласиться с тем, с чем можно, сделать паузу, вернуться к вопросу.
    • Отвечаем, когда есть силы. Пауза всегда в порядке.
mentorship-training-button = Начать обучение
mentorship-write = Напишите сообщение, мы передадим.
mentorship-write-button = Написать
refusal-mentor-choose-topic = Отметьте хотя бы одну тему.
refusal-mentor-not-now = Сейчас это не получится.{ $state ->
    [proposed] {" "}Ждём согласия второй стороны.
    [paused] {" "}Сейчас пауза.
    [finished] {" "}Наставничество завершено.
   *[other] {""}
}
refusal-mentor-not-yours = Это не ваша переписка.
refusal-mentor-settled = Эту заявку уже рассмотрели.
