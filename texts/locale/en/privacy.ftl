# Preference centre in detail, stop from the web, the school's own form, staff cards about consent.

act-file = destruction-act
# $title, $state, $date - ready words, $version
consent-card =
    <b>{ $title }</b>
    { $state }, { $date }, version { $version }
# $title, $state - ready words
consent-card-new =
    <b>{ $title }</b>
    { $state }
consent-care-about =
    The weekly summary, streak reminders, advice by age. You can switch this off and keep everything else.
consent-care-off-button = Switch off
consent-care-on-button = Switch on
consent-centre-button = All consents
consent-changed = We changed one of the documents you agreed to. Until you answer we do nothing under the old consent.
consent-child-let-go = Done: you are no longer tied to this child and your consents about it are withdrawn. The child has another parent, so its data stay.
# $child - our number
consent-conflict-card =
    The parents of child no. { $child } decided differently about its data. The stricter decision holds.
    Please talk to both of them. Details: /consents
# $name
consent-delete-child-button = Delete only this child: { $name }
consent-digest-ask = On which day and at what hour should the summary come?
consent-digest-button = Summary
# $seq, $reason - code
consent-ledger-broken =
    <b>The consent ledger is broken.</b> The first wrong record is { $seq } ({ $reason }).
    Sending by that consent is stopped. What to do: docs/consent.md, "When the ledger breaks".
consent-pause-ask = For how long shall we be quiet? Answers and payment notices still come.
consent-pause-button = Pause
consent-quiet-ask = When should we not disturb you? Hours of your local time.
consent-quiet-button = Quiet hours
consent-quiet-off-button = No quiet hours
consent-receipt-file = receipt
consent-receipt-json-button = Receipt as a file
consent-receipt-undone = Put back: <b>{ $title }</b>. { $date }, record <code>{ $record }</code>.
consent-state-superseded = … replaced
consent-teen-done = Thank you, noted. You can change your mind: ask your parent to send the link again.
# $age - full years, $link
consent-teen-link =
    Your child is { $age }, so we ask the child as well. Please pass this link on, it works for two weeks:
    { $link }
consent-title-care = Summaries and reminders
consent-topic-feelings = feelings
consent-topic-habits = habits
consent-topic-health = health
consent-topic-learning = learning
consent-topic-play = play
consent-topic-school = school
consent-topic-screens = screens
consent-topics-ask = What would you like to hear about more often? Choose as many as you like.
consent-topics-button = Topics
# $link, $removed - ready words
consent-typed-data =
    We do not keep phone numbers and full birth dates in Telegram: by law they belong on the school's own server.
    What you wrote was not stored. { $removed } For such data the school has a form: { $link }
# $removed - ready words
consent-typed-data-nowhere =
    We keep no phone number and no full date of birth in Telegram: by law they belong in Russia.
    We have not stored what you wrote. { $removed } If the school needs these data, it will ask for them itself, not here.
consent-typed-gone = The message is gone from the chat.
consent-typed-stays = Please delete it from the chat.
consent-zone-ask = Which time zone do you live in?
consent-zone-button = Time zone
consents-none = This person has not decided anything yet.
consents-staff-head = Consents of person no. { $person }. Your look was recorded.
# $purpose, $state, $date - ready words, $version
consents-staff-line = { $purpose }: { $state }, { $date }, version { $version }
consents-usage = Give a number or a @name: /consents @name
export-children = Children
export-consents = Consents
export-contacts = Contacts
export-events = Events
export-guardians = Family ties
export-messages = Your messages in the community
export-outbox = What we sent you
export-people = About you
export-questions = Your questions
export-title = Your data
form-ask = These data stay on the school's own server and never reach Telegram.
form-birth-label = The child's full date of birth
form-done = Thank you, saved. You can close this page.
form-phone-label = Phone
form-save-button = Save
form-title = Data for the school
leave-better-lessons = lessons
leave-better-messages = messages
leave-better-nothing = all is well
leave-better-price = the price
leave-better-support = support
leave-better-teachers = teachers
leave-cause-child = it did not suit my child
leave-cause-messages = too many messages
leave-cause-other = something else
leave-cause-other-school = we chose another school
leave-cause-price = too expensive
leave-cause-time = no time
leave-change-frequency = how often you write
leave-change-nothing = no
leave-change-price = payment
leave-change-schedule = the schedule
leave-change-topics = topics
leave-thanks = Thank you, this helps other families. We will be glad if you come back: /start
leave-words-ask = Write in your own words, in one message. We take names and phone numbers out.
leave-words-button = in my own words
# $number
privacy-child-nameless = child no. { $number }
refusal-advertising-no-advertiser = This advertisement cannot be sent: the settings name no advertiser.
refusal-advertising-no-erid = This advertisement cannot be sent: it has no erid token.
refusal-advertising-no-label = This advertisement cannot be sent: it has no label.
# $purpose
refusal-advertising-purpose = Advertisements need consent to marketing, not to "{ $purpose }".
refusal-consent-bad-key = The signing key is malformed.
refusal-consent-link-forged = This link is not ours or is damaged. All consents are in the bot: /consent
refusal-consent-stale = You have decided otherwise since, there is nothing to put back. As it stands: /consent
refusal-consent-unknown-receipt = There is no such record of yours. All consents: /consent
refusal-form-birth = Please check the date of birth.
refusal-form-phone = Please check the phone number: 10 to 15 digits.
refusal-privacy-nothing = There is nothing to delete: we hold no data about you.
web-document-title = Document
web-stop-already = You are unsubscribed already. Nothing more to do.
web-stop-ask = Stop sending advice, summaries and news of the school?
web-stop-button = Unsubscribe
web-stop-done = Done. We send nothing more. If you change your mind, everything is in the bot: /consent
web-stop-title = Unsubscribe
web-undo-button = Put it back
web-undone = Put back as it was.
