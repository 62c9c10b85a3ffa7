# Parent to parent: application, matching, check-ins, finish.

mentor-apply-ask-help = What would you like help with? Choose a topic and add a few words.
mentor-apply-ask-offer = Where could you support others? Usually it is what you have been through yourself.
mentor-apply-become-button = Become a mentor
mentor-apply-find-button = Find a mentor
mentor-apply-received = We have your application. A moderator will look at it within two days.
mentor-approved =
    You are a mentor. Thank you!

    A short training is left: rules, red flags, how to cool a talk. About ten minutes.
mentor-check-in = How is it going with your mentor this week?
mentor-check-in-bad-button = It is not working
mentor-check-in-fine-button = Fine
mentor-check-in-good-button = Good
mentor-check-in-mentor = How are you yourself? If it has become hard, say so: somebody will step in, or take a pause.
mentor-declined = Not this time: { $reason }. We are glad to see you in the community.
mentor-finish-button = Finish
mentor-finished = Thank you both. If you want more, it is all here: /mentor
mentor-load = You are helping { $count ->
    [one] { $count } family
   *[other] { $count } families
} of { $limit }.
# $topic, $reason - ready words
mentor-match-ask = We suggest a pair. The topic: { $topic }. Why it fits: { $reason }. Do you agree?
mentor-match-made = You are a pair. Write here, the bot passes it on without names and numbers.
mentor-match-none = There is no fitting mentor yet. We will write as soon as there is one.
mentor-pause-button = Pause
mentor-paused = Paused until { $date }. No new families will be offered.
mentor-quiz-done = All correct, you can begin.
mentor-quiz-retry = Almost. Look at the rules again and try once more.
mentor-red-flag-ask = What happened? Write briefly, the person on duty sees it at once.
mentor-red-flag-sent = Passed to the person on duty, who answers within 15 minutes. Thank you for not staying alone with it.
mentor-relay-off = The talk is over, messages are no longer passed on.
mentor-rematch-button = Another pair
mentor-thanks-public = Thanks to our mentors: this month they supported { $count ->
    [one] { $count } family
   *[other] { $count } families
}.
