# Consents: questions, receipts, preference centre, stop and undo, export, erasure, leaving.

consent-agree-button = I agree
# $title, $number, $total, $summary - words of the document
consent-ask =
    <b>{ $title }</b> ({ $number } of { $total })

    { $summary }

    The button opens the full text. Declining affects nothing else, and you can change your mind at any time.
consent-ask-again =
    We have changed the document “{ $title }”, so we ask again. Until you answer, we do nothing on the old consent.
consent-back-after-block = Welcome back! While the bot was blocked we switched digests and advice off. One button brings them back.
consent-centre =
    <b>Your consents and settings</b>

    Each consent stands alone. Tap one to read its text or to change your decision.
# $title, $state - ready words
consent-centre-line = { $state } · { $title }
consent-child-conflict = The parents decided differently. The stricter decision holds for now, and one of our people will contact you.
consent-decline-button = I decline
consent-delete-ask =
    <b>Delete your data?</b>

    We will delete: you, your children, progress, settings, your talk with the bot and everything not sent yet.
    What stays: a record of your consents without your name, which the law requires us to keep, and a fingerprint of your address that tells nobody who you are. It keeps your data from coming back to us from another system.

    What is deleted cannot be brought back.
consent-delete-button = Delete for ever
# $name
consent-delete-child-ask =
    <b>Delete the data of this child ({ $name })?</b>

    We will delete name, age, progress and tasks. Other children stay. What is deleted cannot be brought back.
consent-deleted = Done, the data is deleted. The act of destruction is in this file. If you wish to come back, just write /start
consent-deleted-child = Done, the data of the child is deleted. The act of destruction is in this file.
consent-document-button = Read in full
consent-export-file = my-data
consent-export-ready = Here is everything we keep about you: one file to read and one for programs.
consent-export-started = Collecting. It usually takes less than a minute.
consent-intro =
    <b>About data, honestly and briefly</b>

    The law asks us to ask about each purpose apart, so there are several questions. None of them is compulsory: without a consent you simply do not get the part it is about.
consent-leave-ask =
    Leaving? Two taps, and messages stop. We will keep your settings in case you return.
consent-leave-button = Leave
consent-leave-question-better = What could we have done better?
consent-leave-question-cause = What was the main reason?
consent-leave-question-change = Is there anything we should change?
consent-leave-survey =
    If you have a minute, please answer three questions. It helps other families, and we will not try to talk you round.
consent-left =
    Done: no more digests, advice or news. Thank you for being with us.
    The door is open: come back by the button below, or later here: /consent
consent-pause-off-button = End the pause
consent-pause-over = The pause is over. We will not send what you missed.
# $duration - ready words
consent-pause-set = We will not write for { $duration }. Payment notices and answers to your questions come as usual.
# $title, $date - ready words, $version, $record
consent-receipt-granted =
    Consent recorded: <b>{ $title }</b>.
    { $date }, version { $version }, record <code>{ $record }</code>.
    You can withdraw it at any time: /consent
# $title
consent-receipt-refused =
    Understood, we will do without: <b>{ $title }</b>. Record <code>{ $record }</code>.
    If you change your mind, it is all here: /consent
consent-receipt-withdrawn =
    Consent withdrawn: <b>{ $title }</b>.
    { $date }, record <code>{ $record }</code>. It takes effect at once, also for what was already waiting to be sent.
consent-settings-digest = Weekly summary: { $weekday }, { $hour }
consent-settings-quiet = Quiet hours: { $from } to { $to }
consent-state-expired = ⌛ expired
consent-state-granted = ✓ yes
consent-state-none = · no answer
consent-state-refused = ✕ no
consent-state-suspended = … waiting
consent-state-withdrawn = ✕ withdrawn
consent-stop-button = Stop these messages
# $link
consent-stop-link = <a href="{ $link }">Unsubscribe on the site</a>
consent-stopped =
    We will send no more digests, tips or news. Answers to your questions, payments and the timetable stay.
    If this was a slip, one button brings it back.
consent-stopped-already = We are not sending anything as it is. You can change that here: /consent
consent-teen-ask =
    Hi! You are 14 now, so we ask you too: do you agree that the school keeps your progress and writes to you about lessons? Without an answer we do not write.
consent-title-child-data = The child's data and progress
consent-title-cross-border = Transfer of data abroad (Telegram)
consent-title-marketing = News and offers of the school
consent-title-personalisation = Tips by age and name
consent-title-service = Running the bot and answering questions
consent-undo-stop = Restored: messages come again, with the same settings.
consent-withdraw-button = Withdraw
