// Turn text with entities into nodes. Offsets are UTF-16 units, as JavaScript counts anyway.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const SAFE = /^(https?|tg|mailto|tel):/i;

export function safeUrl(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return SAFE.test(full) ? full : null;
}

// `act` receives {link}, {command} or {user} when a part of the text is pressed.
export function rich(text, entities = [], act = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
  return between(text, 0, text.length, sorted, act);
}

function rank(entity) {
  return entity.type.includes("blockquote") ? 0 : entity.type === "pre" ? 1 : 2;
}

function between(text, start, end, entities, act) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const from = Math.max(first.offset, at);
    const to = Math.min(first.offset + first.length, end);
    if (to <= from) {
      rest = others;
      continue;
    }
    if (from > at) nodes.push(text.slice(at, from));
    const inner = others.filter((one) => one.offset < to);
    const later = others.filter((one) => one.offset + one.length > to);
    nodes.push(element(first, text.slice(from, to), between(text, from, to, inner, act), act));
    at = to;
    rest = later;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

function element(entity, words, children, act) {
  const { type } = entity;
  if (PLAIN[type]) return h(PLAIN[type], {}, children);
  switch (type) {
    case "pre":
      return h("pre", { data: entity.language ? { language: entity.language } : {} }, h("code", {}, children));
    case "blockquote":
      return h("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children, act);
    case "url":
      return link(words, children, act);
    case "email":
      return link(`mailto:${words}`, children, act);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, children, act);
    case "mention":
      return link(`https://t.me/${words.slice(1)}`, children, act);
    case "text_mention":
      return h("span", { class: "mention" }, children);
    case "hashtag":
    case "cashtag":
      return h("span", { class: "tag" }, children);
    case "bot_command":
      return h("button", { type: "button", class: "command", tabIndex: -1, onclick: () => act({ command: words }) }, children);
    default:
      return h("span", {}, children);
  }
}

function link(url, children, act) {
  const address = safeUrl(url);
  if (!address) return h("span", {}, children);
  return h("a", {
    href: address, target: "_blank", rel: "noopener noreferrer",
    onclick: (event) => {
      if (act({ link: address })) event.preventDefault();
    },
  }, children);
}

function spoiler(children) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, h("span", { class: "veiled" }, children));
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.stopPropagation();
    event.preventDefault();
    node.classList.add("open");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", open, { once: true });
  node.addEventListener("keydown", open);
  return node;
}

function expandable(children) {
  const node = h("blockquote", { class: "expandable", tabindex: "0", role: "button", "aria-expanded": "false" }, children);
  const toggle = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.setAttribute("aria-expanded", String(node.classList.toggle("open")));
  };
  node.addEventListener("click", toggle);
  node.addEventListener("keydown", toggle);
  return node;
}
