// Keyboards: the inline one under a message, the reply one under the field.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const MARKS = [["url", "↗"], ["web_app", "▣"], ["copy_text", "⧉"], ["switch_inline_query", "➤"]];

// `pending` holds the data of buttons whose answer is awaited.
export function inlineKeyboard(message, pending, press, reachable) {
  const rows = message.view.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" }, rows.map((row, y) => h("div", { class: "row" }, row.map((button, x) => {
    const waits = button.callback_data !== undefined && pending.includes(button.callback_data);
    const mark = MARKS.find(([name]) => name in button)?.[1];
    return h("button", {
      type: "button", class: `key ${button.style ?? ""} ${waits ? "waits" : ""}`, disabled: Boolean(button.disabled), tabIndex: reachable ? 0 : -1,
      "aria-busy": String(waits), data: { focus: `${message.key}:${y}:${x}` }, onclick: () => press(message, button),
    }, h("span", {}, button.text), mark ? h("i", { "aria-hidden": "true" }, mark) : null);
  }))));
}

export function replyKeyboard(markup, say) {
  return h("div", { class: "reply-keyboard", role: "group", "aria-label": t("keyboard") }, markup.keyboard.map((row) => h("div", { class: "row" }, row.map((button) => {
    const shown = typeof button === "string" ? { text: button } : button;
    return h("button", { type: "button", class: `key ${shown.style ?? ""}`, onclick: () => say(shown, markup) }, shown.text);
  }))));
}
