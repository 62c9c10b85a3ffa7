# Sessions with experts: announce, collect, hold, sum up.

ama-announce =
    <b>{ $title }</b>
    { $when }
    Отвечает { $expert }

    Вопросы можно прислать заранее, и без имени тоже.
ama-anonymous-button = Без имени
ama-answered = Ответ на ваш вопрос: { $link }
ama-answers-title = <b>Ответы встречи «{ $title }»</b>
ama-ask-button = Задать вопрос
ama-ask-text = Напишите вопрос одним сообщением.
ama-begins = Встреча «{ $title }» начинается: { $link }
ama-calendar-button = В календарь
ama-cancelled = Встречу «{ $title }» отменили: { $reason }. Присланные вопросы эксперт разберёт письменно.
ama-declined = Вопрос на встречу не возьмём: { $reason }. Можно задать его лично: /ask
ama-expert-absent = Эксперт не смог прийти. Вопросы сохранили, ответы будут письменно до { $date }.
ama-extended = Продлили на { $duration }.
ama-finished = Встреча закончилась. Спасибо за вопросы! Запись и ответы в этой теме.
ama-late = Встреча уже закончилась, но вопрос сохранили: эксперт ответит письменно до { $date }.
ama-list-empty = Ближайших встреч пока нет. О новой напишем в сообществе.
ama-list-line = { $when }: { $title }, { $expert }
ama-merged = Похожий вопрос уже есть, мы их объединили. Ваш голос учтён.
ama-moved = Встречу «{ $title }» перенесли. Когда теперь: { $when }.
ama-next-button = Следующий
ama-on-stage = <b>Вопрос { $number }</b> · { $votes ->
    [one] { $votes } голос
    [few] { $votes } голоса
   *[many] { $votes } голосов
}

    { $text }
ama-pause-button = Пауза
ama-question-taken = Вопрос принят. Можно поменять его до начала встречи.
ama-rate-ask = Была ли встреча полезной?
ama-remind-button = Напомнить мне
ama-remind-off-button = Не напоминать
ama-remind-on = Напомним за день, за час и в начале.
ama-reminder-day = Завтра встреча «{ $title }», { $when }. Вопросы ещё можно прислать.
ama-reminder-hour = Через час встреча «{ $title }».
ama-skip-button = Пропустить
ama-unanswered = На встречу не хватило времени. Эксперт ответит на ваш вопрос письменно до { $date }.
ama-vote-alert = Голос учтён
ama-vote-button = Мне тоже интересно
ama-vote-off-alert = Голос снят
