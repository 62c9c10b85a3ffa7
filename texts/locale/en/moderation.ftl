# What the author of a message is told. Kind and private; never repeats what was written, above all a child's data.
# $topic - name of the topic or community, $duration - ready words.

notice-advertising =
    We removed your message in “{ $topic }”: there is no advertising in the community, or advice would drown in it.
    If this is a mistake, press “Ask for a review”.
notice-appeal-button = Ask for a review
notice-appeal-received = Received. Another moderator will look at it, and we will answer within a day.
notice-appeal-rejected = We looked again and kept the decision. The reason: { $reason }
notice-appeal-upheld = You are right, we were wrong. Everything is back, we are sorry.
notice-ban-lifted = You can come into “{ $topic }” again. We are glad to have you.
notice-banned =
    Your access to “{ $topic }” is closed. The reason: { $reason }.
    If this is a mistake, press “Ask for a review”: another person will decide.
notice-child-data =
    We hid your message in “{ $topic }”: it held details by which a child could be recognised. The community is large, and such details are better kept safe.

    Please write it again without them, for example: “my son, first year at school”.
notice-documents =
    We removed the file in “{ $topic }”: such files can be dangerous. If there is something useful in it, tell us in words or send it to a moderator.
notice-flood = That was many messages in a row, hard to follow. Put the thought into one, and it will be read sooner.
notice-forwards = We removed the forwarded message in “{ $topic }”. Tell it in your own words, it helps more.
notice-general = We removed your message in “{ $topic }”: it does not fit the rules of the community. The rules: /rules
notice-group-hidden = { $name }, the message was removed under the community rules. We told you why in private.
notice-group-hidden-closed = { $name }, the message was removed under the community rules. Open the bot to see why.
notice-impersonation = Your name or tag looks like that of one of the school's staff. Please change it, so that parents do not get confused.
notice-media = In “{ $topic }” we do without pictures and video. Describe it in words or choose another topic.
notice-medical-advice =
    Thank you for wanting to help. We hide advice on treatment and doses, even good advice: a child is treated by a doctor who has seen them.

    The question is already with an expert. Do share how you managed and whom you turned to, that is welcome.
notice-mute-lifted = You can write in “{ $topic }” again.
notice-muted =
    You cannot write in “{ $topic }” for { $duration }. The reason: { $reason }.
    Reading is fine. If this is a mistake, press “Ask for a review”.
notice-night = Nights are quiet in “{ $topic }”: no messages until { $hour }. Please write again in the morning.
notice-off-topic = Your question may do better in “{ $other }”, where those who know will see it. Shall we move it?
notice-off-topic-move-button = Move it
notice-off-topic-stay-button = Leave it here
notice-pointer-emergency =
    If the child is unwell right now, call 112 or 103.
    Your question is already with the person on duty.
notice-pointer-medical =
    For medicines and doses, ask a doctor: they can see the child, and we cannot. If it is urgent, call 103.
    Your question is with an expert, who will suggest whom to turn to and what can be done without medicines.
notice-progress-screenshot =
    We do not post pictures of progress in “{ $topic }”: it is too easy to start comparing children. So we removed the picture; this is not an offence.
    Tell us in words what worked, everybody here will be glad.
notice-progress-screenshot-again = We had to remove a picture of progress again. Shall we agree to tell it in words?
notice-red-flags =
    Thank you for writing. We have read it, and the specialist on duty knows.

    If there is danger right now, call 112. The children's helpline in Russia: 8-800-2000-122, free, day and night.
notice-reported-decided-no = About your report: we looked and decided to leave it as it is. Thank you for watching over the community.
notice-reported-decided-yes = We acted on your report. Thank you, you have helped everybody.
notice-reported-thanks = Thank you, we will look. Nobody will learn who reported it.
notice-restored = Your message in “{ $topic }” is back: on review it was fine. Sorry for the trouble.
notice-restored-impossible = We were wrong to remove your message in “{ $topic }”. Telegram does not let us bring it back, but you can write it again. We are sorry.
notice-slow = In “{ $topic }” people write at most once every { $duration }. We held your message back; please send it a little later.
notice-spam-model = Your message in “{ $topic }” looks like a mass mailing, so we held it back. A moderator will look and restore it if we were wrong.
notice-stickers = We removed this sticker: it carries advertising or something children had better not see.
notice-topic-experts-only = In “{ $topic }” only experts answer. Your experience is very welcome in the other topics.
notice-topic-links = In “{ $topic }” we do without links. Please tell the main point in words.
notice-topic-read-only = “{ $topic }” is read-only, for announcements. You can discuss in the other topics.
notice-toxicity =
    We removed your message: it could hurt somebody. When it is about children, it is easy to flare up, we understand.
    Say the same more calmly, and the talk will work out.
notice-unknown-media = The bot cannot read this kind of message, so a moderator will look at it.
notice-warned = A request from the moderator of “{ $topic }”: { $reason }. This is a warning; after { $duration } it is forgotten.

# Names of rules, as staff see them.

notice-appeal-none = There is no decision about you that could be looked at again.
notice-appeal-title = The latest decision about you: { $rule }, { $date }. Ask to look again?
notice-mute-lifted-late = The pause in “{ $topic }” is over already, you can write again. Sorry, we tell you late.
notice-report-ask = Report this message? Nobody will know who reported it.
notice-report-button = Report
notice-report-help = To report a message, reply to it with /report. Nobody will know who reported. If a message vanished by itself, Telegram removed it.
notice-report-help-private = To report a message without anybody noticing, send me its link: press the message in the group and choose “Copy link”. Or reply to it there with /report, nobody will see it.
notice-report-no = That message is by the bot or by staff and cannot be reported with a command. Write to us: /ask
notice-restored-short = The restriction in “{ $topic }” is lifted.
rule-advertising = advertising
rule-by-hand = done by hand
rule-child-data = a child's data
rule-documents = dangerous file
rule-flood = flood of messages
rule-forwards = forwarded
rule-impersonation = poses as staff
rule-joins = surge of joins
rule-manual = a moderator's decision
rule-medical-advice = medical advice
rule-medical-mention = talk of health
rule-off-topic = off topic
rule-progress-screenshot = picture of progress
rule-reactions = flood of reactions
rule-red-flags = red flag
rule-report = a member's report
rule-spam-model = looks like spam
rule-stickers = sticker
rule-topic-policy = topic rules
rule-toxicity = rudeness
rule-unknown-media = unreadable message
