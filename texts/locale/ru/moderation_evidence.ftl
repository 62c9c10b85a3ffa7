# Evidence: what a rule saw, for staff. Never a person's data, only its kind and counts.

data-kind-address = адрес
data-kind-age = возраст
data-kind-birth = дата рождения
data-kind-child-name = имя
data-kind-class = класс или группа
data-kind-contact = карточка контакта
data-kind-document = номер документа
data-kind-location = место на карте
data-kind-phone = телефон
data-kind-photo = фото
data-kind-school = школа или сад
data-kind-town = город
evidence-advertising-bot = ссылка на чужого бота
evidence-advertising-channel = реклама канала или чата
evidence-advertising-contact = зовёт писать в личные сообщения или на другой контакт
evidence-advertising-hidden-link = ссылка ведёт не туда, куда кажется
evidence-advertising-invite = приглашение в другой чат
evidence-advertising-link = ссылка на посторонний сайт
evidence-advertising-mentions = много упоминаний: { $count }
evidence-advertising-phrases = зазывает как реклама, характерных слов: { $count }
evidence-child-data = данные ребёнка: { $kinds }
evidence-child-data-apart = данные ребёнка в нескольких сообщениях подряд: { $kinds }
evidence-document-archive = архив (.{ $ending }) от участника
evidence-document-disguised = программа, которая притворяется документом (.{ $ending })
evidence-document-program = файл, который запускает программу (.{ $ending })
evidence-flood-burst = сообщений подряд: { $messages } за { $seconds } с
evidence-flood-dice = кубики и слоты подряд: { $messages }
evidence-flood-duplicate = одно и то же сообщение, раз: { $copies }
evidence-flood-wave = одинаковый текст с разных аккаунтов: { $authors }
evidence-forward-channel = переслано из чужого канала, чата или бота
evidence-forward-inline-bot = отправлено через незнакомого бота
evidence-forward-other-chat = ответ на сообщение из другого чата
evidence-forward-topic = пересылка там, где пересылать нельзя
evidence-impersonation-name = имя почти как у сотрудника школы
evidence-impersonation-office = в имени должность школы, а человек не сотрудник
evidence-impersonation-tag = подпись изображает роль, которой у человека нет
evidence-media-bare-picture = картинка без слов от новичка
evidence-media-emoji = слова, набранные картинками-эмодзи: { $count }
evidence-media-marked = файл, который модераторы уже отметили как рекламу
evidence-media-unknown = содержимое, которое бот не умеет читать: { $fields }
evidence-medical-diagnosis = родитель ставит диагноз
evidence-medical-dose = названа доза или схема приёма
evidence-medical-mention = названы лекарства, слов: { $count }
evidence-medical-order = совет, чем лечить
evidence-medical-question = вопрос о лечении
evidence-medical-quoted = чужие слова о лечении
evidence-medical-recommend = родитель рекомендует лекарство
evidence-medical-regimen = расписан приём лекарства
evidence-medical-should = совет, что можно или нужно принимать
evidence-medical-stop = совет отменить или не давать лекарство
evidence-off-topic = похоже, это для темы «{ $other }»
evidence-profile-advertises = реклама в имени или описании профиля
evidence-reactions = реакций слишком много: { $reactions } за { $seconds } с
evidence-red-abuse = возможное насилие или домогательство
evidence-red-self-harm = слова о желании умереть или навредить себе
evidence-red-suicide-talk = разговор о самоубийстве
evidence-red-violence = возможное насилие дома или угрозы
evidence-screenshot-topic = картинка в теме без картинок
evidence-screenshot-words = похоже на снимок прогресса
evidence-spam-campaign = почти копия рассылки, отмеченной раньше
evidence-spam-model = текст похож на рекламную рассылку
evidence-sticker-pack = набор стикеров с рекламой в названии
evidence-topic-experts-only = в теме пишут только эксперты
evidence-topic-night = ночной режим до { $until }
evidence-topic-no-links = ссылка там, где ссылок нет
evidence-topic-no-media = картинка или файл там, где только текст
evidence-topic-read-only = тема только для чтения
evidence-topic-slow = чаще, чем разрешено в теме: ещё { $seconds } с
evidence-toxicity-insult = оскорбляет, таких слов: { $count }
evidence-toxicity-profanity = бранится, таких слов: { $count }
evidence-toxicity-threat = угрожает
evidence-toxicity-told = пересказ чужой грубости
pace-minutes = { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}
pace-seconds = { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
}
rule-profile = реклама в профиле
