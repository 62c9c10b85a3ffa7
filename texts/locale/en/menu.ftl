# The parent's menu and help, by role.

help-admin =
    <b>For administrators</b>

    /setup check rights and topics
    /role give or take a role
    /broadcast prepare a mailing
    /freeze days without mailings, /stopall stop everything
    /why @name why a message came or did not
    /rules rules and numbers of moderation
    /consents @name a person's consents
    /stats figures
help-expert =
    <b>For experts</b>

    Questions come as cards in your hours of duty. “I take it”, then reply to the card, and the answer stands in the topic in your name.
    /queue questions without an answer
    /duty your hours
    /ama your sessions
help-mentor =
    <b>For mentors</b>

    /t ready answers
    /mentor your pairs and load
    The button “Red flag” calls the person on duty at once. Treatment and diagnoses are for a doctor.
help-moderator =
    <b>For moderators</b>

    Reply to a message with a command: /warn, /mute 2h, /ban, /note
    /history what happened with a person
    /calm how to cool a dispute
    /expert call an expert to a message
    /cases cases without a decision
    Any decision can be undone with a button.
help-parent =
    <b>What I can do</b>

    /progress how your child is doing
    /ask a question to an expert
    /ama sessions with experts
    /mentor a parent as a mentor
    /consent consents, hour of messages, pause
    /export and /delete_me your data
    /stop no more tips and news
menu-add-child = Add your child, and tips will suit the age.
menu-ama-button = Sessions
menu-ask-button = Ask a question
menu-children-button = My children
menu-community-button = Community
menu-consents-button = Consents
menu-digest-button = Summary, hours
menu-help-button = Help
menu-language-button = Language, time
menu-mentor-button = Mentor
menu-progress-button = Progress
menu-title = How can we help? Choose what you need right now.
