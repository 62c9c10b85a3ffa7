// The field of text and what surrounds it.

import { act } from "./acts.js";
import { base64 } from "./api.js";
import { byId, h, icon, iconButton } from "./dom.js";
import { currentLanguage, t } from "./i18n.js";
import { replyKeyboard } from "./keyboard.js";
import { samplePhoto } from "./media.js";
import { ask, openMenu, toast } from "./overlay.js";
import { currentChat, state } from "./store.js";

const MAX_PHOTO = 10 * 1024 * 1024;
const drafts = new Map();

const context = h("div", { class: "context", hidden: true });
const field = h("textarea", { id: "field", rows: "1", maxLength: 4096, autocomplete: "off", enterkeyhint: "send" });
const file = h("input", { type: "file", accept: "image/*", hidden: true, tabIndex: -1 });
const sendButton = iconButton("send", "", submit, { class: "send", id: "send" });
const attach = iconButton("clip", "", (event) => attachMenu(event.currentTarget), { id: "attach", "aria-haspopup": "menu" });
const keys = iconButton("keys", "", () => { folded = !folded; drawKeyboard(); }, { id: "keys", hidden: true });
const bar = h("div", { class: "bar" }, attach, field, keys, sendButton);
const instead = h("div", { class: "instead", hidden: true });
const keyboard = h("div", { class: "keyboard-frame", hidden: true });

let folded = false;
let place = "";
let asked = 0;

export function composer() {
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && (state.reply || state.edit)) {
      event.preventDefault();
      event.stopPropagation();
      drop();
    } else if (event.key === "ArrowUp" && !field.value) {
      const own = state.talk?.messages.filter((one) => one.out && one.view.text).at(-1);
      if (own) {
        event.preventDefault();
        focusOn({ edit: own });
      }
    }
  });
  field.addEventListener("paste", (event) => {
    const image = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (image) {
      event.preventDefault();
      sendPhoto(image);
    }
  });
  file.addEventListener("change", () => {
    if (file.files[0]) sendPhoto(file.files[0]);
    file.value = "";
  });
  return h("footer", { class: "composer", id: "composer" }, context, h("div", { class: "composer-row" }, bar, instead, file), keyboard);
}

function grow() {
  field.style.height = "auto";
  field.style.height = field.scrollHeight ? `${Math.min(field.scrollHeight, 180)}px` : "";
  sendButton.classList.toggle("ready", Boolean(field.value.trim()));
}

async function submit() {
  const text = field.value.trim();
  if (!text) return;
  const { edit, reply } = state;
  const body = edit
    ? { chat: state.chat, message_id: edit.view.message_id, text }
    : { chat: state.chat, thread: state.thread, text, ...(reply ? { reply_to: reply.view.message_id } : {}) };
  field.value = "";
  drop();
  const sent = await act(edit ? "edit" : "send", body);
  if (!sent && !field.value) {
    field.value = text;
    grow();
  }
}

async function sendPhoto(blob) {
  if (blob.size > MAX_PHOTO) return toast(t("photoTooBig"), "bad");
  const caption = field.value.trim();
  const reply = state.reply ? { reply_to: state.reply.view.message_id } : {};
  field.value = "";
  drop();
  return act("send_photo", { chat: state.chat, thread: state.thread, caption, file: await base64(blob), ...reply });
}

function attachMenu(anchor) {
  openMenu(anchor, [
    { label: t("photoFile"), icon: icon("image"), act: () => file.click() },
    { label: t("photoSample"), icon: icon("sun"), act: async () => sendPhoto(await samplePhoto()) },
  ]);
}

// Answer a message ({reply}) or change one's own ({edit}).
export function focusOn({ reply = null, edit = null }) {
  state.reply = reply;
  state.edit = edit;
  if (edit) field.value = edit.view.text ?? edit.view.caption ?? "";
  drawContext();
  grow();
  field.focus();
}

function drop() {
  if (state.edit) field.value = "";
  state.reply = null;
  state.edit = null;
  drawContext();
  grow();
}

function drawContext() {
  const message = state.edit ?? state.reply;
  context.hidden = !message;
  if (!message) return;
  const words = message.view.text || message.view.caption || t(message.kind);
  context.replaceChildren(icon(state.edit ? "pencil" : "reply"),
    h("span", {}, h("b", {}, state.edit ? t("editing") : t("replyTo", { name: message.sender.name })), h("small", {}, words.slice(0, 160))),
    iconButton("close", t("cancel"), () => { drop(); field.focus(); }));
}

export function drawComposer() {
  const chat = currentChat();
  const here = `${state.person}:${state.chat}:${state.thread}`;
  if (here !== place) {
    drafts.set(place, field.value);
    place = here;
    field.value = drafts.get(here) ?? "";
    folded = false;
    asked = 0;
    drop();
  }
  byId("composer").hidden = !chat;
  if (!chat) return;
  const reason = why(chat);
  bar.hidden = Boolean(reason);
  instead.hidden = !reason;
  const print = JSON.stringify([reason?.text, chat.id, currentLanguage()]);
  if (reason && instead.dataset.print !== print) {
    instead.dataset.print = print;
    instead.replaceChildren(reason.act ? h("button", { type: "button", class: "key primary wide", id: "enter", onclick: reason.act }, reason.text) : h("p", { class: "hint" }, reason.text));
  }
  const label = state.talk?.keyboard?.input_field_placeholder || t("write");
  field.placeholder = label;
  field.setAttribute("aria-label", t("write"));
  for (const [button, key] of [[sendButton, "send"], [attach, "attach"], [keys, "keyboard"]]) {
    button.setAttribute("aria-label", t(key));
    button.title = t(key);
  }
  drawKeyboard();
}

// What stands in place of the field, null when she may write.
function why(chat) {
  if (chat.type === "private") {
    if (chat.blocked) return { text: t("unblock"), act: () => act("unblock", { bot: chat.id }) };
    return chat.standing === "left" ? { text: t("start"), act: () => act("start", { bot: chat.id }) } : null;
  }
  if (chat.standing === "requested") return { text: t("requested") };
  if (chat.standing === "kicked") return { text: t("banned") };
  if (chat.standing === "left") return { text: t("join"), act: () => act("join", { chat: chat.id }) };
  if (chat.may_write === false) return { text: t(chat.type === "channel" ? "readOnly" : "restricted") };
  const topic = chat.topics.find((one) => one.thread === state.thread);
  return topic?.is_closed && chat.standing === "member" ? { text: t("topicClosed") } : null;
}

function drawKeyboard() {
  const markup = state.talk?.keyboard;
  const rows = markup?.keyboard;
  keys.hidden = !rows;
  keyboard.hidden = !rows || folded || used.has(markup.message_id);
  keys.setAttribute("aria-expanded", String(!keyboard.hidden));
  if (markup?.force_reply && asked !== markup.message_id) {
    asked = markup.message_id;
    const message = state.talk.messages.find((one) => one.view.message_id === asked);
    if (message && !state.reply) focusOn({ reply: message });
  }
  const print = JSON.stringify(markup ?? null);
  if (!rows || keyboard.dataset.print === print) return;
  keyboard.dataset.print = print;
  keyboard.replaceChildren(replyKeyboard(markup, pressed));
}

const used = new Set();

async function pressed(button, markup) {
  if (markup.one_time_keyboard) {
    used.add(markup.message_id);
    drawKeyboard();
  }
  const at = { chat: state.chat, thread: state.thread };
  if (button.request_contact) {
    const phone = await ask({ title: t("sendContact"), input: { value: "+70000000000" }, yes: t("send") });
    if (phone) await act("send_contact", { ...at, phone, own: true });
  } else if (button.request_location) {
    await act("send_location", { ...at, latitude: 55.7558, longitude: 37.6173 });
  } else {
    await act("send", { ...at, text: button.text });
  }
  field.focus();
}
