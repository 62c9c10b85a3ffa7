# Evidence: what a rule saw, for staff. Never a person's data, only its kind and counts.

data-kind-address = address
data-kind-age = age
data-kind-birth = birth date
data-kind-child-name = name
data-kind-class = class or group
data-kind-contact = contact card
data-kind-document = document number
data-kind-location = place on the map
data-kind-phone = phone
data-kind-photo = photo
data-kind-school = school or kindergarten
data-kind-town = town
evidence-advertising-bot = a link to a foreign bot
evidence-advertising-channel = advertises a channel or a chat
evidence-advertising-contact = asks to write in private or elsewhere
evidence-advertising-hidden-link = the link leads elsewhere than it seems
evidence-advertising-invite = an invitation to another chat
evidence-advertising-link = a link to an outside site
evidence-advertising-mentions = many mentions: { $count }
evidence-advertising-phrases = words of advertising, found: { $count }
evidence-child-data = a child's data: { $kinds }
evidence-child-data-apart = a child's data in several messages in a row: { $kinds }
evidence-document-archive = an archive (.{ $ending }) from a member
evidence-document-disguised = a program that pretends to be a document (.{ $ending })
evidence-document-program = a file that runs a program (.{ $ending })
evidence-flood-burst = messages in a row: { $messages } in { $seconds } s
evidence-flood-dice = dice and slots in a row: { $messages }
evidence-flood-duplicate = the same message, times: { $copies }
evidence-flood-wave = one text from several accounts: { $authors }
evidence-forward-channel = forwarded from a foreign channel, chat or bot
evidence-forward-inline-bot = sent through an unknown bot
evidence-forward-other-chat = an answer to a message of another chat
evidence-forward-topic = a forward where forwarding is off
evidence-impersonation-name = a name almost like that of the school's staff
evidence-impersonation-office = an office of the school in the name of somebody who is not staff
evidence-impersonation-tag = a tag that shows a role the person does not have
evidence-media-bare-picture = a picture without words from a newcomer
evidence-media-emoji = words drawn with custom emoji: { $count }
evidence-media-marked = a file the moderators marked as advertising
evidence-media-unknown = content the bot cannot read: { $fields }
evidence-medical-diagnosis = a parent makes a diagnosis
evidence-medical-dose = a dose or a course is named
evidence-medical-mention = medicines named, words: { $count }
evidence-medical-order = advice on what to treat with
evidence-medical-question = a question about treatment
evidence-medical-quoted = somebody else's words about treatment
evidence-medical-recommend = a parent recommends a medicine
evidence-medical-regimen = how to take a medicine is laid out
evidence-medical-should = advice on what may or should be taken
evidence-medical-stop = advice to stop or not to give a medicine
evidence-off-topic = seems to belong to “{ $other }”
evidence-profile-advertises = advertising in the name or the profile
evidence-reactions = too many reactions: { $reactions } in { $seconds } s
evidence-red-abuse = possible abuse
evidence-red-self-harm = words about wanting to die or hurt oneself
evidence-red-suicide-talk = talk about suicide
evidence-red-violence = possible violence at home or threats
evidence-screenshot-topic = a picture in a topic without pictures
evidence-screenshot-words = looks like a picture of progress
evidence-spam-campaign = almost a copy of a mailing marked before
evidence-spam-model = reads like bulk advertising
evidence-sticker-pack = a sticker pack that advertises by name
evidence-topic-experts-only = only experts write in this topic
evidence-topic-night = night rest until { $until }
evidence-topic-no-links = a link where there are no links
evidence-topic-no-media = a picture or a file where only text goes
evidence-topic-read-only = the topic is read-only
evidence-topic-slow = more often than the topic allows: { $seconds } s to wait
evidence-toxicity-insult = an insult, words: { $count }
evidence-toxicity-profanity = swearing, words: { $count }
evidence-toxicity-threat = a threat
evidence-toxicity-told = somebody else's rudeness told again
pace-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
pace-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
rule-profile = advertising in the profile
