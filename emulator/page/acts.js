// What the chosen person does.

import { get, post } from "./api.js";
import { icon } from "./dom.js";
import { t } from "./i18n.js";
import { alertBox, complain, openMenu, toast } from "./overlay.js";
import { currentChat, state } from "./store.js";

const FACES = ["👍", "❤️", "🔥", "😁", "😢", "🙏", "🎉", "👎"];
let hooks = { refresh: () => {}, open: () => {}, focus: () => {}, jump: () => {} };

export function bindActs(given) {
  hooks = given;
}

export async function act(verb, body = {}) {
  try {
    const result = await post(`/sim/people/${state.person}/${verb}`, body);
    hooks.refresh();
    return result;
  } catch (error) {
    complain(error);
    return null;
  }
}

const where = (message) => ({
  chat: state.chat,
  ...(message.ephemeral ? { ephemeral_message_id: message.view.ephemeral_message_id } : { message_id: message.view.message_id }),
});

const told = new Set();

// Show each answer to a pressed button once.
export function tellAnswers(presses) {
  for (const press of presses) {
    if (!press.answer || told.has(press.id)) continue;
    told.add(press.id);
    if (!mine.delete(press.id)) continue;
    if (press.answer.url) openLink(press.answer.url);
    else if (press.answer.text && press.answer.show_alert) alertBox(press.answer.text);
    else if (press.answer.text) toast(press.answer.text);
  }
}

const mine = new Set();

export async function press(message, button) {
  if (button.callback_data !== undefined) {
    const query = await act("click", { ...where(message), button: button.callback_data });
    if (query) mine.add(query.id);
  } else if (button.url) openLink(button.url);
  else if (button.copy_text) copy(button.copy_text.text);
  else if (button.web_app) openOutside(button.web_app.url);
}

export function copy(text) {
  navigator.clipboard?.writeText(text).then(() => toast(t("copied")), complain);
}

function openOutside(url) {
  window.open(url, "_blank", "noopener,noreferrer");
}

// Links to this Telegram stay in the page; returns whether the link was followed here.
export function openLink(url) {
  const inner = telegram(url);
  if (inner) {
    inner();
    return true;
  }
  openOutside(url);
  return true;
}

function telegram(url) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  if (address.protocol === "tg:") return null;
  if (!["t.me", "telegram.me"].includes(address.hostname)) return null;
  const [first = "", second, third, fourth] = address.pathname.split("/").filter(Boolean);
  if (first.startsWith("+") || first === "joinchat") return () => joinByLink(url);
  if (first === "c") return () => openPost(Number(`-100${second}`), third, fourth);
  const chat = state.chats.find((one) => (one.username ?? "").toLowerCase() === first.toLowerCase());
  if (!chat) return null;
  if (chat.type !== "private") return () => openPost(chat.id, second, third);
  return async () => {
    hooks.open(chat.id, 0);
    if (address.searchParams.has("start")) await act("start", { bot: chat.id, payload: address.searchParams.get("start") });
  };
}

async function joinByLink(link) {
  const result = await act("join", { link });
  if (result) hooks.open(result.chat, 0);
}

function openPost(chat, thread, message) {
  const place = state.chats.find((one) => one.id === chat);
  const topic = message ? Number(thread) : 0;
  hooks.open(chat, place?.topics.length ? topic || 1 : 0);
  const number = Number(message ?? thread);
  if (number) setTimeout(() => hooks.jump(number), 400);
}

export const bubbleActs = {
  press,
  jump: (number) => hooks.jump(number),
  react: (message, face) => act("react", { ...where(message), emoji: face ? [face] : [] }),
  vote: (message, options) => act("vote", { ...where(message), options }),
  open: messageMenu,
  touch: ({ link, command }) => {
    if (command) act("send", { chat: state.chat, thread: state.thread, text: command });
    return link ? openLink(link) : false;
  },
};

export function messageMenu(message, anchor) {
  const words = message.view.text ?? message.view.caption ?? "";
  const own = message.out && (message.view.text || message.view.caption);
  const mayDelete = message.out || currentChat()?.type === "private" || ["creator", "administrator"].includes(currentChat()?.standing);
  openMenu(anchor, [
    message.ephemeral ? null : { faces: FACES, act: (face) => bubbleActs.react(message, face) },
    message.ephemeral ? null : { label: t("reply"), icon: icon("reply"), act: () => hooks.focus({ reply: message }) },
    own ? { label: t("edit"), icon: icon("pencil"), act: () => hooks.focus({ edit: message }) } : null,
    words ? { label: t("copy"), icon: icon("file"), act: () => copy(words) } : null,
    mayDelete && !message.ephemeral ? { label: t("remove"), icon: icon("trash"), danger: true, act: () => act("delete", where(message)) } : null,
  ]);
}

export async function earlier(before) {
  return get(`/sim/people/${state.person}/chats/${state.chat}/messages?thread=${state.thread}&before=${before}&limit=250`);
}

export function markRead(number) {
  return post(`/sim/people/${state.person}/chats/${state.chat}/read`, { thread: state.thread, message_id: number }).catch(() => {});
}
