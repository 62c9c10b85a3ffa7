// The chats and topics of the chosen person.

import { Keyed, avatar, byId, fill, h, icon } from "./dom.js";
import { currentLanguage, dayName, t, when, zoneOf } from "./i18n.js";
import { serviceText } from "./service.js";
import { currentPerson, state } from "./store.js";

let choose;
const title = h("h1", { class: "pane-title" });
const list = h("div", { class: "chat-list" });
const empty = h("p", { class: "hint" });
const rows = new Keyed(row);

export function mountChats(onchoose) {
  choose = onchoose;
  byId("chats").append(title, list, empty);
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, items.indexOf(document.activeElement) + step))]?.focus();
  });
}

export function drawChats() {
  title.textContent = t("chats");
  byId("chats").setAttribute("aria-label", t("chats"));
  const items = [];
  let opened = false;
  for (const chat of state.chats) {
    if (outside(chat) && !opened) {
      opened = true;
      items.push({ key: "open", heading: t("openChats") });
    }
    items.push(shape(chat));
    if (!outside(chat)) for (const topic of chat.topics) items.push(shape(chat, topic));
  }
  fill(list, rows.nodes(items, (item) => item.key));
  empty.textContent = t("noChats");
  empty.hidden = items.length > 0 || state.person === null;
}

const outside = (chat) => chat.type !== "private" && ["left", "kicked"].includes(chat.standing);

function shape(chat, topic = null) {
  const zone = zoneOf(currentPerson());
  const { last } = topic ?? chat;
  const day = last && state.clock ? dayName(last.date, state.clock.now, zone) : "";
  return {
    key: `${chat.id}:${topic?.thread ?? 0}`, chat: chat.id, thread: topic?.thread ?? 0, topic: Boolean(topic),
    name: topic ? (topic.thread === 1 ? t("general") : topic.name) : chat.title, color: topic?.color, closed: topic?.is_closed, blocked: chat.blocked,
    unread: topic ? topic.unread : chat.topics.length ? 0 : chat.unread, forum: chat.topics.length > 0,
    at: last ? (day === t("today") ? when(last.date, zone, { hour: "2-digit", minute: "2-digit" }) : day) : "",
    preview: last && !(chat.topics.length && !topic) ? words(chat, last) : chat.type === "private" || topic ? "" : chat.members ? t("members", { n: chat.members }) : "",
    chosen: state.chat === chat.id && (topic ? state.thread === topic.thread : !chat.topics.length), language: currentLanguage(),
  };
}

function words(chat, last) {
  if (last.view) return serviceText(last.view);
  const said = last.text || t(last.kind);
  if (last.out) return `${t("you")}: ${said}`;
  return chat.type === "private" ? said : `${last.sender.split(" ")[0]}: ${said}`;
}

function row(item) {
  if (item.heading) return h("h2", { class: "chat-heading" }, item.heading);
  const face = item.topic ? h("span", { class: "topic-face", style: { "--tint": `#${(item.color ?? 0).toString(16).padStart(6, "0")}` } }, item.thread === 1 ? icon("hash") : [...item.name][0]) : avatar(item.chat, item.name);
  return h("button", {
    type: "button", class: `chat ${item.topic ? "topic" : ""} ${item.chosen ? "chosen" : ""} ${item.forum ? "forum" : ""}`, data: { focus: item.key, chat: item.key },
    "aria-current": item.chosen ? "true" : false, onclick: () => choose(item.chat, item.thread),
  }, face, h("span", { class: "what" },
    h("span", { class: "line" }, h("b", {}, item.name), item.closed ? icon("lock") : null, h("time", {}, item.at)),
    h("span", { class: "line" }, h("small", {}, item.preview), item.unread ? h("span", { class: "badge", "aria-label": t("unread", { n: item.unread }) }, item.unread > 99 ? "99+" : String(item.unread)) : null)));
}
