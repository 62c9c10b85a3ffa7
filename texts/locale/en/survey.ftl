# After a score: words, the ticket of a low score, its end.

refusal-survey-closed = This survey is over, but your opinion matters: write /ask
survey-thanks = Thank you, we will read it.
survey-thanks-ticket = Thank you, passed on. We will answer right here.
survey-told-closed = We have dealt with what you wrote after your score. If anything is left, write: /ask
# $when - ready words
survey-told-received = Thank you for an honest score. Somebody who can put it right will write to you { $when }.
# $id, $text
survey-words-card =
    Request no. { $id }, the parent adds:
    <blockquote>{ $text }</blockquote>
survey-words-high = If you like, tell us in one message why. We read everything.
survey-words-low = What let you down? Tell us in one message, in your own words. Staff will see no names and no phone numbers.
