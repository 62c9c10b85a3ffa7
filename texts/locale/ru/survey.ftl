# After a score: words, the ticket of a low score, its end.

refusal-survey-closed = Этот опрос уже закончился, но мнение нам важно: напишите /ask
survey-thanks = Спасибо, прочитаем.
survey-thanks-ticket = Спасибо, передали. Ответим здесь же.
survey-told-closed = Мы разобрались с тем, что вы написали после оценки. Если что-то осталось, напишите: /ask
# $when - ready words
survey-told-received = Спасибо за честную оценку. Человек, который может это исправить, напишет вам { $when }.
# $id, $text
survey-words-card =
    Обращение № { $id }, родитель добавил:
    <blockquote>{ $text }</blockquote>
survey-words-high = Если хотите, напишите одним сообщением, почему именно так. Мы читаем всё.
survey-words-low = Что подвело? Напишите одним сообщением, своими словами. Имена и телефоны сотрудники не увидят.
