# The community: joining, greeting, topics, setting up.

community-greeting =
    { $name }, здравствуйте! Рады вам. Здесь родители делятся опытом, а эксперты отвечают по расписанию.

    Осмотритесь, правила закреплены выше. Спросить можно прямо здесь.
# $count - how many people joined together
community-greeting-many = К нам пришли новые родители: { $names }. Здравствуйте! Правила закреплены выше, спрашивайте прямо здесь.
community-join-ask-consent = Чтобы войти, осталось одно: согласие на работу бота. Это один экран.
# $name - as Telegram shows it, $reason - ready words
community-join-card = <b>{ $name }</b> просится в сообщество. { $reason }
# $who
community-join-card-no = Отклонено: { $who }
# $who
community-join-card-yes = Принято в сообщество: { $who }
community-join-declined = Вступить пока не получилось. Если это ошибка, напишите нам: /ask
community-join-no-button = Отклонить
community-join-pending = Заявка принята, ответим в течение дня.
community-join-why-late = Согласия пока нет, а на ответ Telegram даёт 10 секунд.
community-join-why-surge = Сейчас вступает необычно много людей, поэтому решаем вручную.
community-join-why-unreached = Согласия нет, и написать человеку бот не может.
community-join-yes-button = Впустить
community-member-tag-admin = администратор
community-member-tag-expert = эксперт
community-member-tag-mentor = наставник
community-member-tag-moderator = модератор
community-returned = { $name }, с возвращением!
community-setup-done = <b>Готово.</b> Темы и права в порядке, можно приглашать родителей.
community-setup-forum-needed = Включите темы: «Управление группой», затем «Темы». После этого повторите /setup
community-setup-line-no = ✕ { $right }: { $how }
community-setup-line-yes = ✓ { $right }
community-setup-right-ban = Блокировать участников
community-setup-right-delete = Удалять сообщения
community-setup-right-how = откройте «Администраторы», выберите бота и включите
community-setup-right-invite = Приглашать по ссылке
community-setup-right-manage-topics = Управлять темами
community-setup-right-pin = Закреплять сообщения
community-setup-right-restrict = Ограничивать участников
community-setup-right-tags = Менять метки участников
community-setup-start = <b>Проверяем права бота</b>
community-setup-topic-created = Создана тема «{ $topic }».
# $topic
community-setup-topic-orphan = Тему «{ $topic }» уже начинали создавать, и работа прервалась. Если таких тем стало две, удалите лишнюю, пустую.
community-setup-topic-restored = Тема «{ $topic }» пропала, создали заново.
# $topics - names in quotes
community-setup-topics-exist = На месте темы: { $topics }.
# $topic
community-topic-gone = Темы «{ $topic }» больше нет: похоже, её удалили. Пока пишем в запасную тему. Создать её заново: /setup
refusal-setup-chat-taken = Этот чат уже служит другому сообществу.
refusal-setup-which-community = К какому сообществу относится этот чат? Укажите номер: <code>/setup staff 1</code>. Сообществ сейчас: { $count }.
setup-ama-command = Встречи с экспертами
setup-ask-command = Задать вопрос
setup-ban-command = Заблокировать
setup-calm-command = Как остудить спор
setup-consent-command = Согласия и настройки
setup-duty-command = Дежурства
setup-expert-command = Позвать эксперта к сообщению
setup-help-command = Что умеет бот
setup-history-command = История участника
setup-mentor-command = Наставник для родителя
setup-mentors-command = Наставники и их нагрузка
setup-mute-command = Ограничить на время
setup-progress-command = Успехи ребёнка
setup-questions-command = Вопросы без ответа
setup-queue-command = Вопросы экспертам
setup-report-command = Пожаловаться на сообщение
setup-role-command = Назначить роль
setup-roles-command = Кто что может
setup-rules-command = Правила
setup-setup-command = Проверить и настроить
setup-start-command = Меню
setup-stats-command = Показатели
setup-stop-command = Не присылать рассылки
setup-unban-command = Разблокировать
setup-warn-command = Предупредить
setup-why-command = Почему пришло сообщение
