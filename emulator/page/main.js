// Start the page: one picture of the world after every beat of the emulator.

import { bindActs } from "./acts.js";
import { get, listen } from "./api.js";
import { drawChats, mountChats } from "./chats.js";
import { composer, drawComposer, focusOn } from "./composer.js";
import { byId } from "./dom.js";
import { currentLanguage, switchLanguage, t, when, zoneOf } from "./i18n.js";
import { bindMenu, toast } from "./overlay.js";
import { drawPeople, drawToolbar, mountPeople } from "./people.js";
import { currentChat, currentPerson, recall, remember, state } from "./store.js";
import { drawTalk, jumpTo, mountTalk } from "./talk.js";
import { closeTool, drawTool, openTool, tickClock } from "./tools.js";

const app = byId("app");
let busy = false;
let dirty = false;

async function refresh() {
  if (busy) {
    dirty = true;
    return;
  }
  busy = true;
  try {
    do {
      dirty = false;
      await look();
    } while (dirty);
  } catch {
    online(false);
    setTimeout(refresh, 1500);
  } finally {
    busy = false;
  }
}

async function look() {
  const asked = `${state.person}:${state.chat}:${state.thread}`;
  const view = await get(`/sim/view?person=${state.person ?? 0}&chat=${state.chat ?? 0}&thread=${state.thread}`);
  online(true);
  state.people = view.people;
  state.clock = { ...view.clock, seen: performance.now() };
  if (!currentPerson() && state.people.length) {
    choosePerson(state.people[0].id);
    return;
  }
  if (asked !== `${state.person}:${state.chat}:${state.thread}`) {
    dirty = true;
    return;
  }
  state.chats = view.chats;
  state.talk = view.talk;
  if (state.chat === null && innerWidth > 760 && state.chats.length) {
    const first = state.chats[0];
    place(first.id, first.topics[0]?.thread ?? 0);
    dirty = true;
  }
  draw();
}

function draw() {
  document.documentElement.lang = currentLanguage();
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  drawPeople();
  if (state.clock) drawToolbar();
  drawChats();
  drawTalk();
  drawComposer();
  drawTool();
}

function choosePerson(id) {
  const kept = recall(`place.${id}`, null);
  state.person = id;
  remember("person", id);
  place(kept?.chat ?? null, kept?.thread ?? 0);
  refresh();
}

function chooseChat(chat, thread) {
  const place_ = state.chats.find((one) => one.id === chat);
  place(chat, thread || (place_?.topics.length ? place_.topics[0].thread : 0));
  app.dataset.screen = "talk";
  remember(`place.${state.person}`, { chat: state.chat, thread: state.thread });
  refresh();
  if (matchMedia("(hover: hover)").matches) byId("field")?.focus({ preventScroll: true });
}

function place(chat, thread) {
  state.chat = chat;
  state.thread = thread;
  state.talk = null;
  state.older = [];
  state.olderMore = false;
}

function toChats() {
  app.dataset.screen = "chats";
  byId("chats").querySelector(".chosen, button")?.focus();
}

function online(yes) {
  if (state.online && !yes) toast(t("offline"), "bad");
  state.online = yes;
  document.body.classList.toggle("offline", !yes);
}

function nextTheme() {
  const order = ["auto", "light", "dark"];
  applyTheme(order[(order.indexOf(recall("theme", "auto")) + 1) % 3]);
  draw();
}

function applyTheme(theme) {
  remember("theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function clockText() {
  const { now } = tickClock();
  return when(now, zoneOf(currentPerson()), { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

bindMenu();
bindActs({ refresh, open: chooseChat, focus: focusOn, jump: jumpTo });
mountPeople(choosePerson, {
  open: (name) => {
    openTool(name);
    draw();
  },
  theme: () => recall("theme", "auto"),
  nextTheme,
  clock: clockText,
  language: () => {
    switchLanguage();
    draw();
  },
});
mountChats(chooseChat);
mountTalk(composer(), toChats);
applyTheme(recall("theme", "auto"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || byId("dialog").open) return;
  if (closeTool()) draw();
  else if (app.dataset.screen === "talk" && innerWidth <= 760) toChats();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
setInterval(() => {
  if (!state.clock) return;
  const node = byId("now");
  const text = clockText();
  if (node && node.textContent !== text) node.textContent = text;
  drawTool(true);
}, 1000);
state.person = recall("person", null);
const kept = recall(`place.${state.person}`, null);
if (kept) place(kept.chat, kept.thread);
if (currentChat() === null && location.hash === "#talk") app.dataset.screen = "talk";
listen(refresh, online);
refresh();
