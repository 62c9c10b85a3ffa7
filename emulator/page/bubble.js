// One message, or one album, as a bubble.

import { avatar, h, icon, iconButton } from "./dom.js";
import { rich } from "./entities.js";
import { t, when } from "./i18n.js";
import { inlineKeyboard } from "./keyboard.js";
import { album, media } from "./media.js";
import { richBlocks } from "./richblocks.js";
import { serviceText } from "./service.js";

const KINDS = ["photo", "animation", "video", "document", "voice", "audio", "video_note", "sticker", "location", "contact", "poll", "dice", "rich_message"];

// `item`: {messages, first, last, pending, reachable, zone, group}; `acts`: what presses do.
export function bubble(item, acts) {
  const message = item.messages[0];
  const { view } = message;
  if (message.service || message.kind === "service") return h("div", { class: "event", id: message.key, role: "listitem" }, h("span", {}, serviceText(view)));
  const side = message.out ? "out" : "in";
  const withFace = item.group && !message.out;
  const box = h("div", { class: `bubble of-${message.kind} ${message.ephemeral ? "ephemeral" : ""} ${bare(message) ? "bare" : ""}` }, parts(item, message, acts));
  const body = h("div", { class: "column" }, box, inlineKeyboard(message, item.pending, acts.press, item.reachable), reactions(message, acts));
  return h("div", {
    class: `message ${side} ${item.first ? "first" : ""} ${item.last ? "last" : ""}`, id: message.key, role: "listitem", tabIndex: -1,
    data: { focus: message.key, key: message.key }, "aria-label": spoken(message, item),
  }, withFace ? (item.last ? avatar(message.sender.id, message.sender.name, "small") : h("span", { class: "no-face" })) : null, body, handle(message, acts));
}

function bare(message) {
  return ["sticker", "dice"].includes(message.kind) && !answered(message.view);
}

function spoken(message, item) {
  const words = message.view.text || message.view.caption || t(message.kind);
  return `${message.out ? t("you") : message.sender.name}, ${clock(message, item)}: ${words.slice(0, 300)}`;
}

function clock(message, item) {
  return when(message.view.date, item.zone, { hour: "2-digit", minute: "2-digit" });
}

function parts(item, message, acts) {
  const { view } = message;
  const caption = item.messages.map((one) => one.view).find((one) => one.caption);
  const above = view.show_caption_above_media;
  const stamp = meta(message, item);
  const words = view.text ? text(view.text, view.entities, acts, stamp) : caption ? text(caption.caption, caption.caption_entities, acts, above ? null : stamp) : null;
  const carried = item.messages.length > 1 ? album(item.messages) : media(view);
  return [
    item.first && !message.out && item.group ? name(message) : null,
    message.ephemeral ? h("div", { class: "only-you" }, icon("eye"), t("onlyYou")) : null,
    forwarded(view),
    quote(view, acts),
    above ? words : null,
    carried,
    above ? null : words,
    view.rich_message ? richBlocks(view.rich_message) : null,
    view.poll ? poll(message, acts) : null,
    stamp,
  ];
}

function name(message) {
  const shade = Math.abs(Number(message.sender.id) || 0) % 8;
  return h("div", { class: `name ink-${shade}` }, message.sender.name, message.sender.label ? h("span", { class: "label" }, message.sender.label) : null, message.sender.is_bot ? h("span", { class: "label" }, t("bot")) : null);
}

// The stamp lies over the end of the text; an invisible copy of it keeps the place free.
function text(words, entities, acts, stamp) {
  const alone = /^\p{Extended_Pictographic}(\u200d\p{Extended_Pictographic}|\ufe0f){0,4}$/u.test(words);
  return h("div", { class: `text ${alone ? "huge" : ""}` }, rich(words, entities, acts.touch), stamp ? space(stamp) : null);
}

function space(stamp) {
  const copy = stamp.cloneNode(true);
  copy.className = "meta-space";
  copy.setAttribute("aria-hidden", "true");
  return copy;
}

function forwarded(view) {
  const origin = view.forward_origin;
  if (!origin) return null;
  const user = origin.sender_user;
  const from = user ? `${user.first_name} ${user.last_name ?? ""}`.trim() : origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title ?? "";
  return h("div", { class: "forwarded" }, t("forwarded", { name: from }));
}

// Every message of a topic carries the one that opened it; that is no answer.
function answered(view) {
  return view.reply_to_message?.forum_topic_created ? null : view.reply_to_message;
}

function quote(view, acts) {
  const target = answered(view);
  if (!target) return null;
  const author = target.sender_chat?.title ?? `${target.from?.first_name ?? ""} ${target.from?.last_name ?? ""}`.trim();
  const words = view.quote?.text || target.text || target.caption || t(KINDS.find((kind) => kind in target) ?? "service");
  return h("button", { type: "button", class: "quote", tabIndex: -1, onclick: () => acts.jump(target.message_id) }, h("b", {}, author), h("span", {}, words.slice(0, 140)));
}

function meta(message, item) {
  const { view } = message;
  return h("span", { class: "meta" }, message.pinned ? icon("pin") : null, view.has_protected_content ? icon("lock") : null, view.edit_date ? h("span", {}, t("edited")) : null, h("time", {}, clock(message, item)));
}

function reactions(message, acts) {
  if (!message.reactions.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((one) => h("button", {
    type: "button", class: one.mine ? "mine" : "", tabIndex: -1, "aria-pressed": String(one.mine), data: { focus: `${message.key}:${one.emoji}` },
    onclick: () => acts.react(message, one.mine ? null : one.emoji),
  }, h("span", {}, one.emoji), h("b", {}, String(one.count)))));
}

function handle(message, acts) {
  return iconButton("more", t("actions"), (event) => acts.open(message, event.currentTarget), { class: "handle", tabIndex: -1, "aria-haspopup": "menu", data: { focus: `${message.key}:more` } });
}

function poll(message, acts) {
  const { poll: asked } = message.view;
  const mine = message.votes ?? [];
  const shown = mine.length > 0 || asked.is_closed;
  const picked = new Set();
  const options = asked.options.map((option, index) => {
    const share = asked.total_voter_count ? Math.round((100 * (option.voter_count ?? 0)) / asked.total_voter_count) : 0;
    if (shown) {
      return h("div", { class: `option result ${mine.includes(index) ? "mine" : ""}` }, h("b", {}, `${share}%`), h("span", {}, option.text), h("i", { style: { "--share": `${share}%` } }));
    }
    return h("button", {
      type: "button", class: "option", "aria-pressed": "false",
      onclick: (event) => {
        if (!asked.allows_multiple_answers) return acts.vote(message, [index]);
        const on = !picked.delete(index) && picked.add(index);
        event.currentTarget.setAttribute("aria-pressed", String(Boolean(on)));
      },
    }, h("i", { class: "dot" }), h("span", {}, option.text));
  });
  const sort = asked.is_closed ? t("closedPoll") : asked.type === "quiz" ? t("quiz") : asked.is_anonymous ? t("anonymousPoll") : t("publicPoll");
  return h("div", { class: "poll" }, h("b", {}, asked.question), h("small", {}, sort), options,
    asked.allows_multiple_answers && !shown ? h("button", { type: "button", class: "key", onclick: () => acts.vote(message, [...picked]) }, t("vote")) : null,
    h("small", {}, t("votes", { n: asked.total_voter_count ?? 0 })));
}
