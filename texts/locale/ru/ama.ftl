# Sessions with experts: announce, collect, hold, sum up.

ama-age-0-2 = для родителей детей до 3 лет
ama-age-13-16 = для родителей подростков 13–16 лет
ama-age-3-5 = для родителей детей 3–5 лет
ama-age-6-8 = для родителей детей 6–8 лет
ama-age-9-12 = для родителей детей 9–12 лет
ama-age-any = для всех родителей
ama-age-unknown = для всех родителей
# $title, $starts - moment, $minutes, $age - ready words, $expert
ama-announcement =
    <b>Встреча с экспертом: { $title }</b>

    { $starts }, { $minutes ->
        [one] { $minutes } минута
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    }
    Отвечает { $expert }, { $age }

    Вопросы можно прислать заранее, и без имени тоже. Что волнует больше всех, решают голоса.
ama-anonymous = без имени
ama-anonymous-button = Без имени
ama-approve-button = Пропустить
ama-ask = Напишите вопрос одним сообщением. Имена и номера школ лучше не указывать.
ama-ask-button = Задать вопрос
ama-ask-name = Как показать вопрос другим родителям?
ama-asked = Записали. Если передумаете, вопрос можно отредактировать или забрать.
ama-calendar-button = В календарь
ama-cancel-button = Отменить встречу
ama-choose-cohort = Для какого возраста?
ama-choose-day = Какой день? Недоступные дни отмечены точкой.
ama-choose-expert = Кто отвечает?
ama-choose-hour = Во сколько начинаем? Время показано по вашему часовому поясу.
# $title, $starts, $minutes, $age, $expert
ama-confirm =
    Проверьте:
    <b>{ $title }</b>
    { $starts }, { $minutes ->
        [one] { $minutes } минута
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    }
    { $expert }, { $age }
ama-confirm-button = Объявить
ama-decline-button = Отклонить
ama-declined-reason = не по теме встречи
# $title
ama-desk-absent = На встрече «{ $title }» нет эксперта уже десять минут. Что делаем?
# $id, $question, $asker, $state - ready words
ama-desk-card =
    Вопрос № { $id } к встрече · { $asker } · { $state }

    { $question }
ama-done = Готово.
# $asked, $answered, $votes, $subscribed, $attended, $returned, $rating - ready words
ama-figures =
    <b>Итоги встречи</b>
    Вопросов: { $asked }, отвечено: { $answered }
    Голосов: { $votes }
    Подписались: { $subscribed }, пришли: { $attended }
    Снова были с нами за 30 дней: { $returned }
    Оценка: { $rating }
ama-file = vstrecha
ama-help =
    <code>/ama new</code> новая встреча
    <code>/ama start 3</code>, <code>next</code>, <code>skip</code>, <code>pause</code>, <code>resume</code>, <code>finish</code>
    <code>/ama extend 3 15</code> ещё 15 минут
    <code>/ama move 3 30.11 19:00</code>, <code>/ama cancel 3</code>
    <code>/ama merge 12 10</code> вопрос 12 под вопрос 10
    <code>/ama decline 12 причина</code>
    <code>/ama figures 3</code>, <code>/ama transcript 3</code>, <code>/ama note 3 наблюдение</code>
ama-here-alert = Рады, что вы здесь!
ama-here-button = Я здесь
# $place - chat and message, $question
ama-index-line = • <a href="https://t.me/c/{ $place }">{ $question }</a>
# $id, $title, $starts
ama-line = № { $id } · { $starts } · { $title }
ama-list-empty = Вопросов пока нет. Ваш может стать первым.
# $id, $question, $votes, $asker - ready words
ama-list-line = { $question } · { $asker } · { $votes ->
    [one] { $votes } голос
    [few] { $votes } голоса
   *[many] { $votes } голосов
}
ama-list-title = <b>Вопросы к встрече.</b> Нажмите номер, чтобы проголосовать:
ama-named-button = С именем
ama-none = Ближайших встреч пока нет. Как только назначим, расскажем в сообществе.
# $link - ready
ama-page-line = <a href="{ $link }">Все вопросы и ответы одной страницей</a>
ama-pause-button = Подождать
# $question, $link
ama-question-answered = На ваш вопрос «{ $question }» ответили: { $link }
# $question
ama-question-child-data = В вопросе появились личные данные ребёнка, поэтому мы его убрали. Напишите, пожалуйста, без них.
# $question, $reason
ama-question-declined = Вопрос «{ $question }» на встрече не прозвучит: { $reason }. Если он важен, задайте его лично: /ask
# $question
ama-question-late = Вопрос «{ $question }» пришёл, когда приём уже закончился. Передадим эксперту, ответ придёт сюда.
# $question
ama-question-later = До вопроса «{ $question }» на встрече не дошли. Эксперт ответит письменно, пришлём сюда.
# $question, $umbrella
ama-question-merged = Похожий вопрос уже есть: «{ $umbrella }». Мы объединили их, ваш голос учтён.
# $question
ama-question-pending = Вопрос «{ $question }» сначала посмотрит модератор. Это недолго.
ama-question-taken = Вопрос принят. Можно поменять его до начала встречи.
ama-questions-button = Вопросы и голоса
ama-rate = Как вам встреча «{ $title }»?
ama-rate-thanks = Спасибо за оценку!
# $planned, $wanted
ama-regularity = Встреч с экспертами в этом месяце: { $planned } из { $wanted }. Самое время назначить ещё: /ama new
ama-remind-button = Напомнить мне
# $title, $starts, $minutes, $age
ama-remind-day = Завтра встреча «{ $title }»: { $starts }. Вопросы ещё можно прислать.
# $title, $starts, $minutes, $age
ama-remind-hour = Через час встреча «{ $title }».
ama-remind-off-button = Не напоминать
ama-remind-on = Напомним за день, за час и в начале.
ama-remind-saved = Напомним за сутки, за час и в начале. Передумаете: /ama
# $title, $starts, $minutes, $age
ama-remind-start = Начинаем: «{ $title }». Ждём вас в сообществе, в теме встречи!
# $question, $votes, $asker - ready words
ama-stage =
    <b>Вопрос</b> · { $asker } · { $votes ->
        [one] { $votes } голос
        [few] { $votes } голоса
       *[many] { $votes } голосов
    }

    { $question }
ama-star-1-button = 1
ama-star-2-button = 2
ama-star-3-button = 3
ama-star-4-button = 4
ama-star-5-button = 5
ama-state-open = принят
ama-state-pending = ждёт проверки
ama-state-written = опоздал, ответим письменно
ama-title-ask = О чём встреча? Одной фразой, как в афише.
# $title, $starts, $minutes, $age
ama-told-cancelled = Встреча «{ $title }» отменена. Вопросы не пропадут: эксперт ответит письменно.
# $title, $starts, $minutes, $age
ama-told-expert = Вас ждут на встрече «{ $title }»: { $starts }. Напомним заранее.
# $title, $starts, $minutes, $age
ama-told-moved = Встреча «{ $title }» переносится: { $starts }. Вопросы и голоса сохранились.
ama-too-button = Мне тоже
# $title, $starts, $minutes, $age
ama-topic-cancelled = Встреча «{ $title }» отменена. На присланные вопросы эксперт ответит письменно.
# $title, $starts, $minutes, $age
ama-topic-empty = Вопросы закончились. Есть ещё? Пишите прямо сейчас.
# $title, $starts, $minutes, $age, $more
ama-topic-extended = Продлеваем встречу: ещё { $more ->
    [one] { $more } минута
    [few] { $more } минуты
   *[many] { $more } минут
}.
# $title, $starts, $minutes, $age, $answered, $index - ready lines
ama-topic-finished =
    <b>Спасибо, что были с нами: «{ $title }»</b>
    Отвечено вопросов: { $answered }.

    { $index }

    На остальные эксперт ответит письменно.
# $title, $starts, $minutes, $age, $link - ready
ama-topic-here = Начинаем «{ $title }»: <a href="{ $link }">в отдельной теме</a>. Заходите!
# $title, $starts, $minutes, $age, $answered, $index - empty
ama-topic-in-writing = Встреча «{ $title }» не состоялась вживую. На все вопросы эксперт ответит письменно, пришлём каждому.{ $index }
# $title, $starts, $minutes, $age
ama-topic-live =
    <b>Начинаем: «{ $title }»</b>

    Вопросы появляются здесь по одному. Нажмите «Я здесь», чтобы мы знали, что вы с нами.
# $title, $starts, $minutes, $age
ama-topic-pause = Небольшой перерыв, скоро продолжим.
# $title, $starts, $minutes, $age
ama-topic-resume = Продолжаем!
# $title, $starts, $minutes, $age
ama-topic-waiting = Эксперт задерживается. Подождите немного, мы разбираемся.
# $title
ama-transcript-title = Встреча: { $title }
ama-unsubscribe-button = Не напоминать
ama-unsubscribed = Хорошо, не напоминаем.
ama-vote-again-alert = Ваш голос за этот вопрос уже учтён
ama-vote-closed-alert = За этот вопрос больше не голосуют
ama-vote-counted-alert = Голос учтён
ama-vote-stranger-alert = Чтобы голосовать, откройте бота и нажмите «Старт»
ama-withdraw-button = Забрать вопрос
ama-withdrawn = Забрали. Вопрос не прозвучит.
ama-writing-button = Ответим письменно
refusal-ama-child-data = В вопросе есть личные данные ребёнка. Напишите, пожалуйста, без имени, школы и даты рождения.
refusal-ama-expert-away = В этот день у эксперта выходной.
refusal-ama-frozen = На этот день рассылки и встречи заморожены.
refusal-ama-length = Встреча может длиться не больше { $limit } минут.
refusal-ama-merge-itself = Вопрос нельзя объединить с самим собой.
refusal-ama-month-full = В этом месяце уже { $limit } встречи, больше не нужно: люди устанут.
refusal-ama-not-now = Сейчас с этой встречей так сделать нельзя.{ $state ->
    [finished] {" "}Она уже закончилась.
    [cancelled] {" "}Она отменена.
   *[other] {""}
}
refusal-ama-not-yours = Это вопрос другого родителя.
refusal-ama-question-empty = Напишите сам вопрос: одной-двух фраз хватит.
refusal-ama-question-gone = Этот вопрос уже не ждёт своей очереди.
refusal-ama-rated = Оценка уже принята, спасибо!
refusal-ama-title = Название: от 1 до { $limit } знаков.
refusal-ama-too-late-to-withdraw = Вопрос уже прозвучал, забрать его не получится.
refusal-ama-too-many = У вас уже { $limit } вопросов к этой встрече. Дождитесь ответов или заберите один.
refusal-ama-too-soon = Встречу объявляют хотя бы за { $hours } часа: люди должны успеть узнать.
refusal-person-start-first = Сначала откройте бота в личных сообщениях и нажмите «Начать»: иначе мы не сможем вам написать.
