# First meeting: language, consents, child, community.

child-add-another-button = Add another child
# $age - ready words ("4 years"), $cohort - ready words
child-added = Noted: { $age }. We will choose tips and tasks for ages { $cohort }.
child-added-generic = Noted. We have no programme for this age yet, so you will only get general, useful things.
child-ask-month = In which month was your child born?
child-ask-name =
    What shall we call your child in messages? A first name or a pet name is enough.
    No surname is needed, and you can skip this step.
child-ask-year =
    In which year was your child born? No exact date is needed: year and month are enough to choose tips by age.
child-none-button = I will add later
# $name, $age - ready words
child-remove-ask = Remove from the bot: { $name }, { $age }? Tasks and progress of this child will stop coming.
child-remove-button = Remove
child-removed = Removed. There will be no more messages about this child.
community-invite =
    There is also a community of parents: people ask for advice there, share experience and meet experts.
    Come in whenever it suits you.
community-invite-button = Join the community
goal-ask = What would you like to manage first? Choose one goal, it is easy to change.
# $goal - ready words
goal-saved = A good goal: { $goal }. Let us begin with it.
language-ask = Выберите язык · Choose your language
# The words must show the language chosen.
language-saved = We will speak English. You can change the language in the menu.
link-expired = This link has been used or is out of date. Ask for another one where you got it, or simply begin here.
start-button = Begin
start-done =
    Done, you are with us. The first message is on its way: two minutes of reading and one simple thing to do.
    In the first week we write once a day, then less often. If our clock is not yours, set it in the menu: /menu
# $school
start-hello =
    Hello! This is the bot of “{ $school }”.

    It helps parents: reminds you of lessons, tells you once a week how your child is doing, suggests what matters at this age, and connects you with experts and other parents.

    First, three short steps, about two minutes.
start-no-consent =
    Without consent to data processing we cannot add a child or send progress. Answers to questions remain: /ask
    If you change your mind, it is all here: /consent
zone-ask = What time is it where you are? Choose, and messages will come on time.
zone-other-button = Another zone
# $zone - ready words, $time - wall time
zone-saved = Noted: { $zone }, it is { $time } there.

# Goals a parent may choose.

goal-name-attention = staying with a task
goal-name-autonomy = studying without reminders
goal-name-calm = calm at home
goal-name-digital = fewer fights over screens
goal-name-exam = preparing for an exam
goal-name-focus = keeping focus
goal-name-garden = settling into nursery
goal-name-habit = studying regularly
goal-name-motivation = interest in learning
goal-name-motor = movement and hands
goal-name-reading = reading
goal-name-ritual = rhythm and rituals
goal-name-school = a calm start at school
goal-name-self = independence
goal-name-skills = learning something new
goal-name-speech = speech
goal-name-subject = catching up in a subject
start-done-alone = Done, you are with us. You can add your child at any time: tips become more precise.
