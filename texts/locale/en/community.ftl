# The community: joining, greeting, topics, setting up.

community-greeting =
    Hello, { $name }! We are glad you are here. Parents share experience, and experts answer on schedule.

    Have a look round; the rules are pinned above. You can ask right here.
# $count - how many people joined together
community-greeting-many = New parents have come: { $names }. Hello! The rules are pinned above, ask right here.
community-join-ask-consent = One thing left before you come in: consent to the bot's work. It is one screen.
# $name - as Telegram shows it, $reason - ready words
community-join-card = <b>{ $name }</b> asks to join. { $reason }
# $who
community-join-card-no = Declined: { $who }
# $who
community-join-card-yes = Let in: { $who }
community-join-declined = It did not work out this time. If that is a mistake, write to us: /ask
community-join-no-button = Decline
community-join-pending = Your request is with us, we will answer within a day.
community-join-why-late = There is no consent yet, and Telegram gives 10 seconds to answer.
community-join-why-surge = Unusually many people are joining, so a person decides.
community-join-why-unreached = There is no consent, and the bot cannot write to the person.
community-join-yes-button = Let in
community-member-tag-admin = administrator
community-member-tag-expert = expert
community-member-tag-mentor = mentor
community-member-tag-moderator = moderator
community-returned = { $name }, welcome back!
community-setup-done = <b>Done.</b> Topics and rights are in order, you can invite parents.
community-setup-forum-needed = Switch topics on: “Manage group”, then “Topics”. After that repeat /setup
community-setup-line-no = ✕ { $right }: { $how }
community-setup-line-yes = ✓ { $right }
community-setup-right-ban = Ban users
community-setup-right-delete = Delete messages
community-setup-right-how = open “Administrators”, choose the bot and switch it on
community-setup-right-invite = Invite by link
community-setup-right-manage-topics = Manage topics
community-setup-right-pin = Pin messages
community-setup-right-restrict = Restrict members
community-setup-right-tags = Manage member tags
community-setup-start = <b>Checking the bot's rights</b>
community-setup-topic-created = Created the topic “{ $topic }”.
# $topic
community-setup-topic-orphan = An earlier run began to create the topic “{ $topic }” and broke off. If there are two of them, delete the empty one.
community-setup-topic-restored = The topic “{ $topic }” was gone, created again.
# $topics - names in quotes
community-setup-topics-exist = Topics in place: { $topics }.
# $topic
community-topic-gone = The topic “{ $topic }” is gone: somebody seems to have deleted it. We write to the fallback topic meanwhile. To create it again: /setup
refusal-setup-chat-taken = This chat already serves another community.
refusal-setup-which-community = Which community is this chat for? Give its number: <code>/setup staff 1</code>. Communities: { $count }.
setup-ama-command = Meetings with experts
setup-ask-command = Ask a question
setup-ban-command = Ban
setup-calm-command = How to cool down a quarrel
setup-consent-command = Consents and settings
setup-duty-command = Duty
setup-expert-command = Call an expert to a message
setup-help-command = What the bot can do
setup-history-command = A member's history
setup-mentor-command = A mentor for a parent
setup-mentors-command = Mentors and their load
setup-mute-command = Mute for a while
setup-progress-command = The child's progress
setup-questions-command = Unanswered questions
setup-queue-command = Questions to experts
setup-report-command = Report a message
setup-role-command = Grant a role
setup-roles-command = Who may do what
setup-rules-command = The rules
setup-setup-command = Check and set up
setup-start-command = Menu
setup-stats-command = Figures
setup-stop-command = Stop the mailings
setup-unban-command = Unban
setup-warn-command = Warn
setup-why-command = Why a message came
