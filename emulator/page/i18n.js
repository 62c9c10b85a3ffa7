// The words of the page in Russian and English.

import { recall, remember } from "./store.js";

const ru = {
  title: "Опора · площадка", skip: "К полю сообщения", people: "Люди", chats: "Чаты", openChats: "Можно вступить",
  role_creator: "владелец", role_administrator: "админ", role_member: "участник", bot: "бот",
  noPeople: "Здесь пока никого нет. Людей создаёт программа запросом POST /sim/people.",
  noChats: "Чатов пока нет.", choose: "Выберите чат, чтобы начать разговор", emptyTalk: "Сообщений пока нет",
  group: "группа", channel: "канал", topic: "тема", members: ["{n} участник", "{n} участника", "{n} участников"],
  general: "Общая", typing: "{name} печатает…", write: "Сообщение", caption: "Подпись", send: "Отправить", save: "Сохранить", attach: "Прикрепить",
  photoFile: "Фото из файла", photoSample: "Готовое фото", start: "Запустить", startWith: "Запустить по ссылке…", startHint: "Параметр ссылки (?start=…)",
  join: "Вступить", requestJoin: "Подать заявку", leave: "Выйти из чата", block: "Заблокировать бота", unblock: "Разблокировать",
  requested: "Заявка ждёт решения", banned: "Вы не можете вернуться: вас исключили", restricted: "Вам пока нельзя писать сюда", topicClosed: "Тема закрыта",
  readOnly: "Писать сюда могут только администраторы", leaveSure: "Выйти из «{title}»?", blockSure: "Заблокировать «{title}»?", yes: "Да", cancel: "Отмена", close: "Закрыть", back: "Назад", ok: "Понятно",
  reply: "Ответить", edit: "Изменить", react: "Реакция", remove: "Удалить", copy: "Скопировать текст", actions: "Действия с сообщением", edited: "изменено", copied: "Скопировано",
  replyTo: "Ответ: {name}", editing: "Правка сообщения", onlyYou: "Видите только вы", pinned: "Закреплённое сообщение", forwarded: "Переслано от {name}", spoiler: "Скрытый текст, нажмите, чтобы открыть", spoilerPhoto: "Скрытое фото, нажмите, чтобы открыть",
  down: "К последним сообщениям", older: "Показать более ранние", keyboard: "Клавиатура бота", hideKeyboard: "Скрыть клавиатуру", chatMenu: "Меню чата",
  photo: "Фото", document: "Файл", video: "Видео", animation: "GIF", sticker: "Стикер", voice: "Голосовое сообщение", audio: "Аудио", video_note: "Видеосообщение", location: "Местоположение", contact: "Контакт", poll: "Опрос", venue: "Место", dice: "Кубик", rich_message: "Сообщение", service: "Событие",
  today: "Сегодня", yesterday: "Вчера", you: "Вы", sendContact: "Отправить свой контакт", sendLocation: "Отправить место",
  votes: ["{n} голос", "{n} голоса", "{n} голосов"], quiz: "Викторина", anonymousPoll: "Анонимный опрос", publicPoll: "Открытый опрос", closedPoll: "Опрос завершён", vote: "Голосовать",
  s_join: "{name} теперь в группе", s_added: "{actor} добавляет: {name}", s_left: "{name} больше не в группе", s_removed: "{actor} исключает: {name}", s_topic: "Создана тема «{name}»", s_topicEdited: "Тема изменена: «{name}»", s_topicEdit: "Тема изменена", s_topicClosed: "Тема закрыта", s_topicReopened: "Тема снова открыта",
  s_pinned: "{name} закрепляет сообщение", s_title: "Новое название: «{name}»", s_created: "Группа создана", s_migrated: "Группа стала супергруппой", s_generalHidden: "Общая тема скрыта", s_generalShown: "Общая тема снова видна", s_other: "Событие: {name}",
  tools: "Инструменты", clock: "Время", faults: "Сбои", log: "Журнал вызовов", theme: "Тема оформления", theme_auto: "как в системе", theme_light: "светлая", theme_dark: "тёмная", language: "English",
  nowFor: "{name}, местное время", zone: "Часовой пояс: {zone}", hour: "+1 час", day: "+1 день", minute: "+1 минута", week: "+1 неделя", toDue: "К ближайшему сообщению", dueAt: "Следующее сообщение бота: {when}", noDue: "Бот не сообщил, когда напишет", moved: "Время переведено", custom: "Перевести на", minutes: "мин", go: "Перевести",
  clockNote: "Переводится время и бота, и Telegram. Назад время не идёт.",
  addFault: "Добавить сбой", faultKind: "Что сломать", faultMethod: "Метод (пусто: любой)", faultChat: "Чат (пусто: любой)", faultCount: "Сколько раз", faultAlways: "пока не сниму", faultChance: "Вероятность, %", faultSeconds: "Секунд", faultStatus: "Код", activeFaults: "Сейчас сломано", noFaults: "Всё работает", clearFaults: "Снять все", lift: "Снять", fired: ["сработал {n} раз", "сработал {n} раза", "сработал {n} раз"], left: "осталось: {n}",
  poison: "Ядовитые обновления", poison_unknown_reaction: "Незнакомая реакция", poison_unknown_member_status: "Незнакомый статус участника", poison_administrator_without_right: "Админ без нового права", poison_wrong_date: "Дата не того типа", poisoned: "Отправлено боту",
  limits: "Ограничения Telegram", limitsHint: "30 в секунду всего, 1 в секунду в личный чат, 20 в минуту в группу",
  "f_429": "429: слишком часто", "f_429_bare": "429 без параметров", f_5xx: "Ошибка сервера 5xx", f_html: "HTML вместо ответа", f_timeout_before: "Тайм-аут до действия", f_timeout_after: "Тайм-аут после действия", f_reset_before: "Обрыв до действия", f_reset_after: "Обрыв после действия", f_slow: "Медленный ответ", f_duplicate: "Обновление дважды", f_redeliver: "Обновление повторно", f_reorder: "Обновления не по порядку",
  filter: "Метод или текст", onlyCalls: "Вызовы", onlyArrivals: "Дошло до людей", all: "Всё", onlyFailed: "Только ошибки", noLog: "Пока пусто", follow: "Следить",
  offline: "Нет связи с эмулятором, пробую снова…", failed: "Не получилось: {why}", waiting: "Бот ещё не ответил", miniApp: "Mini App: {url}", photoTooBig: "Фото больше 10 МБ", fileName: "Файл", download: "Скачать", new: ["{n} новое", "{n} новых", "{n} новых"], unread: "непрочитанных: {n}", deepLink: "Открыть по ссылке",
  blockedBot: "Бот заблокирован", botIntro: "Это начало разговора с ботом. Нажмите «Запустить».", link: "Ссылка", openLink: "Открыть ссылку", linkOutside: "Ссылка ведёт наружу: {url}", deactivated: "удалён",
};

const en = {
  title: "Opora · playground", skip: "Skip to message field", people: "People", chats: "Chats", openChats: "Open to join",
  role_creator: "owner", role_administrator: "admin", role_member: "member", bot: "bot",
  noPeople: "Nobody is here yet. A program creates people with POST /sim/people.",
  noChats: "No chats yet.", choose: "Choose a chat to start talking", emptyTalk: "No messages yet",
  group: "group", channel: "channel", topic: "topic", members: ["{n} member", "{n} members"],
  general: "General", typing: "{name} is typing…", write: "Message", caption: "Caption", send: "Send", save: "Save", attach: "Attach",
  photoFile: "Photo from a file", photoSample: "Sample photo", start: "Start", startWith: "Start by a link…", startHint: "Link parameter (?start=…)",
  join: "Join", requestJoin: "Ask to join", leave: "Leave the chat", block: "Block the bot", unblock: "Unblock",
  requested: "Your request is waiting", banned: "You were removed and cannot come back", restricted: "You may not write here for a while", topicClosed: "The topic is closed",
  readOnly: "Only administrators write here", leaveSure: "Leave “{title}”?", blockSure: "Block “{title}”?", yes: "Yes", cancel: "Cancel", close: "Close", back: "Back", ok: "OK",
  reply: "Reply", edit: "Edit", react: "React", remove: "Delete", copy: "Copy text", actions: "Message actions", edited: "edited", copied: "Copied",
  replyTo: "Reply to {name}", editing: "Editing a message", onlyYou: "Only you see this", pinned: "Pinned message", forwarded: "Forwarded from {name}", spoiler: "Hidden text, press to reveal", spoilerPhoto: "Hidden photo, press to reveal",
  down: "To the latest messages", older: "Show earlier messages", keyboard: "Bot keyboard", hideKeyboard: "Hide keyboard", chatMenu: "Chat menu",
  photo: "Photo", document: "File", video: "Video", animation: "GIF", sticker: "Sticker", voice: "Voice message", audio: "Audio", video_note: "Video message", location: "Location", contact: "Contact", poll: "Poll", venue: "Venue", dice: "Dice", rich_message: "Message", service: "Event",
  today: "Today", yesterday: "Yesterday", you: "You", sendContact: "Send my contact", sendLocation: "Send location",
  votes: ["{n} vote", "{n} votes"], quiz: "Quiz", anonymousPoll: "Anonymous poll", publicPoll: "Public poll", closedPoll: "Final results", vote: "Vote",
  s_join: "{name} joined the group", s_added: "{actor} added {name}", s_left: "{name} left the group", s_removed: "{actor} removed {name}", s_topic: "Topic “{name}” was created", s_topicEdited: "Topic changed: “{name}”", s_topicEdit: "Topic changed", s_topicClosed: "Topic closed", s_topicReopened: "Topic reopened",
  s_pinned: "{name} pinned a message", s_title: "New title: “{name}”", s_created: "Group created", s_migrated: "The group became a supergroup", s_generalHidden: "General topic hidden", s_generalShown: "General topic visible again", s_other: "Event: {name}",
  tools: "Tools", clock: "Time", faults: "Faults", log: "Call log", theme: "Theme", theme_auto: "as the system", theme_light: "light", theme_dark: "dark", language: "Русский",
  nowFor: "{name}, local time", zone: "Time zone: {zone}", hour: "+1 hour", day: "+1 day", minute: "+1 minute", week: "+1 week", toDue: "To the next due message", dueAt: "The bot writes next: {when}", noDue: "The bot has not said when it writes next", moved: "Time moved", custom: "Move by", minutes: "min", go: "Move",
  clockNote: "Moves the time of the bot and of Telegram together. Time never goes back.",
  addFault: "Add a fault", faultKind: "What to break", faultMethod: "Method (empty: any)", faultChat: "Chat (empty: any)", faultCount: "How often", faultAlways: "until lifted", faultChance: "Probability, %", faultSeconds: "Seconds", faultStatus: "Code", activeFaults: "Broken right now", noFaults: "Everything works", clearFaults: "Lift all", lift: "Lift", fired: ["fired {n} time", "fired {n} times"], left: "left: {n}",
  poison: "Poison updates", poison_unknown_reaction: "Unknown reaction", poison_unknown_member_status: "Unknown member status", poison_administrator_without_right: "Admin without a new right", poison_wrong_date: "Date of a wrong type", poisoned: "Sent to the bot",
  limits: "Telegram's limits", limitsHint: "30 a second overall, 1 a second per private chat, 20 a minute per group",
  "f_429": "429: too many requests", "f_429_bare": "429 without parameters", f_5xx: "Server error 5xx", f_html: "HTML instead of an answer", f_timeout_before: "Timeout before the effect", f_timeout_after: "Timeout after the effect", f_reset_before: "Reset before the effect", f_reset_after: "Reset after the effect", f_slow: "Slow answer", f_duplicate: "Update twice", f_redeliver: "Update again", f_reorder: "Updates out of order",
  filter: "Method or text", onlyCalls: "Calls", onlyArrivals: "Reached people", all: "All", onlyFailed: "Failures only", noLog: "Nothing yet", follow: "Follow",
  offline: "No connection to the emulator, trying again…", failed: "That did not work: {why}", waiting: "The bot has not answered yet", miniApp: "Mini App: {url}", photoTooBig: "The photo is over 10 MB", fileName: "File", download: "Download", new: ["{n} new", "{n} new"], unread: "unread: {n}", deepLink: "Open by a link",
  blockedBot: "The bot is blocked", botIntro: "This is the beginning of a talk with a bot. Press Start.", link: "Link", openLink: "Open link", linkOutside: "The link leads outside: {url}", deactivated: "deleted",
};

const words = { ru, en };
let language = recall("language", "ru");

export function currentLanguage() {
  return language;
}

export function switchLanguage() {
  language = language === "ru" ? "en" : "ru";
  remember("language", language);
}

const FORMS = { ru: { one: 0, few: 1, many: 2, other: 2 }, en: { one: 0, other: 1 } };

export function t(key, values = {}) {
  let text = words[language][key];
  if (text === undefined) return key;
  if (Array.isArray(text)) text = text[FORMS[language][new Intl.PluralRules(language).select(values.n)] ?? 0];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function zoneOf(person) {
  return person?.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map();

export function when(seconds, zone, style) {
  const key = `${language}|${zone}|${JSON.stringify(style)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone: zone, ...style }));
  return formats.get(key).format(seconds * 1000);
}

export function dayName(seconds, now, zone) {
  const day = (at) => when(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (day(seconds) === day(now)) return t("today");
  if (day(seconds) === day(now - 86400)) return t("yesterday");
  const year = when(seconds, zone, { year: "numeric" }) === when(now, zone, { year: "numeric" });
  return when(seconds, zone, { day: "numeric", month: "long", ...(year ? {} : { year: "numeric" }) });
}
