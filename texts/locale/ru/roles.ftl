# Roles: granting, withdrawing, who may do what.

action-ama-join = участвовать в AMA
action-ama-moderate = проверять вопросы к AMA
action-ama-plan = назначать AMA
action-ama-run = вести AMA
action-appeal-decide = пересматривать решения
action-broadcast-confirm = запускать рассылки
action-broadcast-plan = готовить рассылки
action-case-decide = решать случаи
action-case-see = видеть случаи
action-case-undo = отменять решения
action-chat-slow = включать медленный режим
action-community-setup = настраивать сообщество
action-consents-see = видеть согласия
action-content-preview = смотреть материалы заранее
action-delivery-freeze = замораживать рассылки
action-delivery-stop = останавливать рассылки
action-delivery-why = узнавать, почему пришло сообщение
action-duty-keep = вести своё дежурство
action-duty-manage = составлять дежурства
action-duty-see = видеть дежурства
action-escalation-answer = отвечать на вопросы родителей
action-escalation-open = звать эксперта
action-escalation-see = видеть вопросы экспертам
action-escalation-take = брать вопросы
action-faq-edit = править готовые ответы
action-join-decide = решать по заявкам
action-member-ban = блокировать
action-member-history = видеть историю участника
action-member-mute = ограничивать
action-member-note = оставлять заметки
action-member-unban = разблокировать
action-member-warn = предупреждать
action-mentor-apply = стать наставником
action-mentor-approve = принимать наставников
action-mentor-ask = попросить наставника
action-mentor-see = видеть нагрузку наставников
action-messages-purge = удалять сообщения
action-policy-change = менять правила
action-policy-see = видеть правила
action-question-ask = задавать вопросы
action-question-see = видеть вопросы без ответа
action-raid-switch = включать защиту от наплыва
action-red-flag-raise = поднимать красный флаг
action-role-change = назначать роли
action-role-grant-admin = назначать администраторов
action-role-grant-expert = назначать экспертов
action-role-grant-mentor = назначать наставников
action-role-grant-moderator = назначать модераторов
action-role-grant-owner = назначать владельцев
action-role-see = видеть роли
action-stats-see = видеть статистику
action-template-use = пользоваться шаблонами
refusal-community-unknown = Не поняли, о каком сообществе речь. Повторите команду прямо в нём.
refusal-join-settled = Эту заявку уже рассмотрели.
refusal-roles-expiry-past = Этот срок уже прошёл. Укажите будущий, например: 30 дней.
refusal-roles-not-held = У этого человека такой роли и нет.
refusal-roles-not-yours-to-give = Назначать и снимать эту роль может тот, кто старше. Список прав: /roles
refusal-roles-speciality-needed = Для эксперта укажите специальность: methodist, psychologist или support.
# $role - ready words
roles-granted = Готово: роль «{ $role }» назначена.
# $role - ready words, $until - ready words
roles-granted-until = Готово: роль «{ $role }» назначена, действует по { $until }.
roles-help =
    Ответьте на сообщение человека:
    <code>/role mentor</code>
    <code>/role expert psychologist 90 дней</code>
    <code>/role -moderator</code> снимает роль.
    Вместо ответа можно указать номер из профиля: <code>/role 123456 mentor</code>
roles-matrix-and = { " и " }
roles-matrix-everybody = Каждый родитель
# $roles - ready words, $actions - ready words
roles-matrix-more = то же, что { $roles }, а ещё { $actions }
# $role - ready words, $actions - ready markup
roles-matrix-row =
    <b>{ $role }</b>
    <blockquote expandable>{ $actions }</blockquote>
roles-matrix-title = <b>Кто что может</b>
# $role - ready words
roles-matrix-yours = { $role } · это вы
roles-speciality-methodist = методист
roles-speciality-psychologist = психолог
roles-speciality-support = поддержка
# $role - ready words, $community
roles-told-granted = Вы теперь { $role }. Сообщество: { $community }. Что это даёт: /roles
# $role - ready words, $community
roles-told-withdrawn = Роль «{ $role }» снята. Сообщество: { $community }. Спасибо за помощь!
# $role - ready words
roles-withdrawn = Роль «{ $role }» снята.
