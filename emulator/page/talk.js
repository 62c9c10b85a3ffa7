// The open conversation: header, messages, and where the eye is.

import { bubbleActs, act, earlier, markRead, messageMenu, tellAnswers } from "./acts.js";
import { bubble } from "./bubble.js";
import { Keyed, avatar, byId, fill, h, icon, iconButton } from "./dom.js";
import { currentLanguage, dayName, t, zoneOf } from "./i18n.js";
import { ask, complain, openMenu } from "./overlay.js";
import { currentChat, currentPerson, state } from "./store.js";

const NEAR = 120; // pixels from the end that still count as reading the end
const TOGETHER = 300; // seconds within which messages of one person stand together
const KEYBOARDS = 3; // last messages whose buttons are reached by Tab

const head = h("header", { class: "talk-head" });
const pinned = h("button", { type: "button", class: "pinned" });
const list = h("div", { class: "messages", id: "messages", role: "list", tabIndex: 0 });
const typing = h("div", { class: "typing", "aria-live": "polite" });
const jumpDown = iconButton("down", "", () => toEnd(true), { class: "jump", hidden: true });
const counter = h("span", { class: "badge" });
const older = h("button", { type: "button", class: "key quiet older" });
const blank = h("div", { class: "blank" });
const rows = new Keyed((item) => (item.day ? h("div", { class: "day", role: "separator" }, h("span", {}, item.day)) : bubble(item, bubbleActs)));

let place = "";
let leave = () => {};
let seenLast = 0;
let lastTop = 0;
let stuck = true; // the eye is at the end and stays there when the space changes

export function mountTalk(oncomposer, onleave) {
  leave = onleave;
  jumpDown.append(counter);
  byId("talk").append(head, pinned, h("div", { class: "scroll-frame" }, list, blank, jumpDown), typing, oncomposer);
  list.addEventListener("scroll", onscroll, { passive: true });
  new ResizeObserver(() => stuck && toEnd(false)).observe(list);
  list.addEventListener("load", () => stuck && toEnd(false), true);
  list.addEventListener("keydown", onkey);
  list.addEventListener("focusin", (event) => reach(event.target.closest(".message")));
  older.addEventListener("click", loadOlder);
}

export function drawTalk() {
  const chat = currentChat();
  byId("talk").classList.toggle("no-chat", !chat);
  drawHead(chat);
  jumpDown.setAttribute("aria-label", t("down"));
  older.textContent = t("older");
  const here = `${state.person}:${state.chat}:${state.thread}`;
  const moved = here !== place;
  if (moved) {
    place = here;
    rows.clear();
    seenLast = 0;
  }
  const talk = chat ? state.talk : null;
  const messages = talk ? merged(talk.messages) : [];
  const atEnd = moved || stuck || nearEnd();
  stuck = atEnd;
  const height = list.scrollHeight;
  fill(list, [talk && more(talk) ? older : null, ...rows.nodes(items(messages, talk, chat), (item) => item.key)]);
  blank.hidden = messages.length > 0;
  blank.replaceChildren(h("span", {}, blankText(chat)));
  drawPinned(talk, messages);
  typing.textContent = talk?.typing ? t("typing", { name: talk.typing.name }) : "";
  if (talk) tellAnswers(talk.presses);
  if (atEnd) toEnd(false);
  else if (list.scrollHeight !== height) onscroll();
  showNew(messages, atEnd);
}

const more = (talk) => (state.older.length ? state.olderMore : talk.more);
const nearEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

function merged(latest) {
  const keys = new Set(latest.map((one) => one.key));
  return [...state.older.filter((one) => !keys.has(one.key)), ...latest];
}

function blankText(chat) {
  if (!chat) return t("choose");
  return chat.type === "private" && chat.standing === "left" ? t("botIntro") : t("emptyTalk");
}

function items(messages, talk, chat) {
  const zone = zoneOf(currentPerson());
  const group = chat?.type === "supergroup" || chat?.type === "group";
  const out = [];
  let day = "";
  let group_ = null;
  for (const message of messages) {
    const name = dayName(message.view.date, state.clock.now, zone);
    if (name !== day) {
      out.push({ key: `d${name}`, day: name });
      day = name;
      group_ = null;
    }
    const album = message.view.media_group_id;
    if (album && group_?.album === album) {
      group_.messages.push(message);
      continue;
    }
    const service = message.service || message.kind === "service";
    const joins = group_ && !group_.service && !service && group_.sender === message.sender.id && group_.messages[0].out === message.out && message.view.date - group_.at < TOGETHER;
    if (joins) group_.last = false;
    const item = { key: message.key, messages: [message], first: !joins, last: true, album, service, sender: message.sender.id, at: message.view.date, group, zone, pending: pendingOf(message, talk), language: currentLanguage() };
    out.push(item);
    group_ = item;
  }
  let left = KEYBOARDS;
  for (const item of [...out].reverse()) if (item.messages?.[0].view.reply_markup) item.reachable = left-- > 0;
  return out;
}

function pendingOf(message, talk) {
  const number = message.ephemeral ? -message.view.ephemeral_message_id : message.view.message_id;
  return talk.presses.filter((press) => !press.answer && press.message_id === number).map((press) => press.data);
}

function drawHead(chat) {
  if (!chat) {
    head.replaceChildren();
    head.hidden = true;
    return;
  }
  head.hidden = false;
  const topic = chat.topics.find((one) => one.thread === state.thread);
  const title = topic ? (topic.thread === 1 ? t("general") : topic.name) : chat.title;
  const below = topic ? chat.title : chat.type === "private" ? (chat.blocked ? t("blockedBot") : t("bot")) : t("members", { n: chat.members });
  const print = JSON.stringify([chat.id, title, below, chat.standing, chat.blocked, currentLanguage()]);
  if (head.dataset.print === print) return;
  head.dataset.print = print;
  head.replaceChildren(
    iconButton("back", t("back"), leave, { class: "to-chats" }), avatar(chat.id, chat.title),
    h("div", { class: "what" }, h("h2", {}, title), h("small", {}, below)),
    iconButton("more", t("chatMenu"), (event) => chatMenu(chat, event.currentTarget), { id: "chat-menu", "aria-haspopup": "menu" }));
}

function chatMenu(chat, anchor) {
  const inside = ["member", "administrator", "restricted", "creator"].includes(chat.standing);
  openMenu(anchor, chat.type === "private"
    ? [
      { label: t("startWith"), act: () => startWith(chat) },
      chat.blocked ? { label: t("unblock"), act: () => act("unblock", { bot: chat.id }) } : { label: t("block"), danger: true, act: () => sure(t("blockSure", { title: chat.title }), () => act("block", { bot: chat.id })) },
    ]
    : [inside ? { label: t("leave"), danger: true, act: () => sure(t("leaveSure", { title: chat.title }), () => act("leave", { chat: chat.id })) } : { label: t("join"), act: () => act("join", { chat: chat.id }) }]);
}

async function sure(title, then) {
  if (await ask({ title })) then();
}

async function startWith(chat) {
  const payload = await ask({ title: t("deepLink"), input: { hint: t("startHint") }, yes: t("start") });
  if (payload !== null) act("start", { bot: chat.id, payload });
}

function drawPinned(talk, messages) {
  const number = talk?.pinned[0];
  const message = messages.find((one) => one.view.message_id === number && !one.ephemeral);
  pinned.hidden = !number;
  if (!number) return;
  pinned.replaceChildren(icon("pin"), h("span", {}, h("b", {}, t("pinned")), h("small", {}, message ? (message.view.text || message.view.caption || t(message.kind)).slice(0, 100) : `№ ${number}`)));
  pinned.onclick = () => jumpTo(number);
}

export function jumpTo(number) {
  const node = byId(`m${number}`);
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1600);
}

export function toEnd(smooth) {
  list.scrollTo({ top: list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

function onscroll() {
  const end = nearEnd();
  stuck = end || (stuck && list.scrollTop >= lastTop); // only a hand moves the eye up
  lastTop = list.scrollTop;
  jumpDown.hidden = end;
  if (end && state.talk) showNew(merged(state.talk.messages), true);
}

function showNew(messages, atEnd) {
  const last = messages.reduce((top, one) => Math.max(top, one.view.message_id || 0), 0);
  if (atEnd) {
    if (last > Math.max(seenLast, state.talk?.read ?? 0) && document.visibilityState === "visible") markRead(last);
    seenLast = Math.max(seenLast, last);
  }
  const fresh = messages.filter((one) => one.view.message_id > seenLast && !one.out).length;
  jumpDown.hidden = nearEnd();
  counter.textContent = fresh ? String(fresh) : "";
  counter.hidden = !fresh;
}

async function loadOlder() {
  const first = [...state.older, ...state.talk.messages].find((one) => one.view.message_id > 0);
  const height = list.scrollHeight - list.scrollTop;
  try {
    const page = await earlier(first.view.message_id);
    state.older = [...page.messages.filter((one) => !one.ephemeral), ...state.older];
    state.olderMore = page.more;
    drawTalk();
    list.scrollTop = list.scrollHeight - height;
  } catch (error) {
    complain(error);
  }
}

// One stop of Tab for the whole list; arrows walk, Enter opens the menu of a message.
function onkey(event) {
  const nodes = [...list.querySelectorAll(".message")];
  const now = document.activeElement.closest?.(".message");
  const at = now ? nodes.indexOf(now) : nodes.length;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 }[event.key];
  if (to !== undefined && nodes.length && !(event.target !== now && event.target.matches?.(".poll *"))) {
    event.preventDefault();
    nodes[Math.max(0, Math.min(nodes.length - 1, to))].focus();
  } else if (event.key === "Enter" && event.target === now) {
    event.preventDefault();
    const message = merged(state.talk.messages).find((one) => one.key === now.dataset.key);
    if (message) messageMenu(message, now.querySelector(".handle"));
  } else if (event.key === "Escape") {
    byId("field")?.focus();
  }
}

function reach(node) {
  if (!node || node.dataset.reached) return;
  node.dataset.reached = "1";
  for (const button of node.querySelectorAll('[tabindex="-1"]')) button.tabIndex = 0;
}
