# Roles: granting, withdrawing, who may do what.

action-ama-join = take part in an AMA
action-ama-moderate = check AMA questions
action-ama-plan = plan an AMA
action-ama-run = run an AMA
action-appeal-decide = decide appeals
action-broadcast-confirm = start broadcasts
action-broadcast-plan = prepare broadcasts
action-case-decide = decide cases
action-case-see = see cases
action-case-undo = undo decisions
action-chat-slow = switch slow mode
action-community-setup = set up the community
action-consents-see = see consents
action-content-preview = preview content
action-delivery-freeze = freeze mailings
action-delivery-stop = stop mailings
action-delivery-why = see why a message came
action-duty-keep = keep own duty hours
action-duty-manage = plan duty
action-duty-see = see duty
action-escalation-answer = answer parents
action-escalation-open = call an expert
action-escalation-see = see questions to experts
action-escalation-take = take questions
action-faq-edit = edit ready answers
action-join-decide = decide on join requests
action-member-ban = ban
action-member-history = see a member's history
action-member-mute = mute
action-member-note = leave notes
action-member-unban = unban
action-member-warn = warn
action-mentor-apply = become a mentor
action-mentor-approve = approve mentors
action-mentor-ask = ask for a mentor
action-mentor-see = see mentors' load
action-messages-purge = delete messages
action-policy-change = change the rules
action-policy-see = see the rules
action-question-ask = ask questions
action-question-see = see unanswered questions
action-raid-switch = switch raid mode
action-red-flag-raise = raise a red flag
action-role-change = change roles
action-role-grant-admin = grant admins
action-role-grant-expert = grant experts
action-role-grant-mentor = grant mentors
action-role-grant-moderator = grant moderators
action-role-grant-owner = grant owners
action-role-see = see roles
action-stats-see = see statistics
action-template-use = use templates
refusal-community-unknown = We cannot tell which community you mean. Repeat the command inside it.
refusal-join-settled = This request is settled already.
refusal-roles-expiry-past = That date is in the past. Give a later one, for example: 30d.
refusal-roles-not-held = This person does not have that role.
refusal-roles-not-yours-to-give = Only somebody senior may grant or withdraw this role. Who may do what: /roles
refusal-roles-speciality-needed = Name the expert's speciality: methodist, psychologist or support.
# $role - ready words
roles-granted = Done: the role “{ $role }” is granted.
# $role - ready words, $until - ready words
roles-granted-until = Done: the role “{ $role }” is granted until { $until }.
roles-help =
    Reply to the person's message:
    <code>/role mentor</code>
    <code>/role expert psychologist 90d</code>
    <code>/role -moderator</code> withdraws a role.
    Instead of replying you can give a number: <code>/role 123456 mentor</code>
roles-matrix-and = { " and " }
roles-matrix-everybody = Every parent
# $roles - ready words, $actions - ready words
roles-matrix-more = the same as { $roles }, and also { $actions }
# $role - ready words, $actions - ready markup
roles-matrix-row =
    <b>{ $role }</b>
    <blockquote expandable>{ $actions }</blockquote>
roles-matrix-title = <b>Who may do what</b>
# $role - ready words
roles-matrix-yours = { $role } · this is you
roles-speciality-methodist = methodist
roles-speciality-psychologist = psychologist
roles-speciality-support = support
# $role - ready words, $community
roles-told-granted = You are { $role } in “{ $community }” now. What that gives you: /roles
# $role - ready words, $community
roles-told-withdrawn = Your role “{ $role }” in “{ $community }” has ended. Thank you for helping!
# $role - ready words
roles-withdrawn = The role “{ $role }” is withdrawn.
