# The parent's menu and help, by role.

help-admin =
    <b>Администратору</b>

    /setup проверить права и темы
    /role назначить или снять роль
    /broadcast подготовить рассылку
    /freeze дни без рассылок, /stopall остановить всё
    /why @имя почему пришло или не пришло сообщение
    /rules правила и числа модерации
    /consents @имя согласия человека
    /stats показатели
help-expert =
    <b>Эксперту</b>

    Вопросы приходят карточками в часы дежурства. «Беру», затем ответьте на карточку, и ответ появится в теме от вашего имени.
    /queue вопросы без ответа
    /duty ваши дежурства
    /ama ваши встречи
help-mentor =
    <b>Наставнику</b>

    /t шаблоны ответов
    /mentor ваши пары и нагрузка
    Кнопка «Красный флаг» сразу зовёт дежурного. Лечение и диагнозы только к врачу.
help-moderator =
    <b>Модератору</b>

    Ответьте на сообщение командой: /warn, /mute 2ч, /ban, /note
    /history что было с человеком
    /calm как остудить спор
    /expert позвать эксперта к сообщению
    /cases случаи без решения
    Любое решение можно вернуть кнопкой.
help-parent =
    <b>Чем помогу</b>

    /progress успехи ребёнка
    /ask вопрос эксперту
    /ama встречи с экспертами
    /mentor наставник-родитель
    /consent согласия, время сообщений, пауза
    /export и /delete_me ваши данные
    /stop больше не присылать советы и новости
menu-add-child = Добавьте ребёнка, и советы будут по возрасту.
menu-ama-button = Встречи
menu-ask-button = Задать вопрос
menu-children-button = Мои дети
menu-community-button = Сообщество
menu-consents-button = Согласия
menu-digest-button = Сводка и часы
menu-help-button = Помощь
menu-language-button = Язык и время
menu-mentor-button = Наставник
menu-progress-button = Прогресс
menu-title = Чем помочь?
