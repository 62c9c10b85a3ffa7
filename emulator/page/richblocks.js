// Rich messages: headings, lists, tables and the like.

import { h } from "./dom.js";
import { safeUrl } from "./entities.js";
import { photo } from "./media.js";

const INLINE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", marked: "mark", subscript: "sub", superscript: "sup" };

export function richText(text) {
  if (text === undefined || text === null) return [];
  if (typeof text === "string") return [text];
  if (Array.isArray(text)) return text.flatMap(richText);
  const inner = richText(text.text ?? text.expression ?? text.alternative_text);
  if (INLINE[text.type]) return [h(INLINE[text.type], {}, inner)];
  if (text.type === "spoiler") return [h("span", { class: "spoiler open" }, inner)];
  if (text.type === "button") return [h("span", { class: "tag" }, text.button?.text ?? "")];
  const address = text.type === "url" ? safeUrl(text.url) : null;
  return address ? [h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, inner)] : inner;
}

export function richBlocks(message) {
  return h("div", { class: "rich" }, (message.blocks ?? []).map(block));
}

function block(one) {
  switch (one.type) {
    case "heading":
      return h(`h${Math.min(6, Math.max(2, (one.size ?? 1) + 1))}`, {}, richText(one.text));
    case "list":
      return h("ul", {}, one.items.map((item) => h("li", {}, h("span", { class: "mark", "aria-hidden": "true" }, item.has_checkbox ? (item.is_checked ? "☑" : "☐") : item.label || "•"), h("div", {}, (item.blocks ?? []).map(block)))));
    case "table":
      return table(one);
    case "blockquote":
      return h("blockquote", {}, (one.blocks ?? []).map(block));
    case "pullquote":
    case "expandable_blockquote":
      return h("blockquote", {}, richText(one.text));
    case "pre":
      return h("pre", {}, h("code", {}, richText(one.text)));
    case "details":
      return h("details", { open: one.is_open }, h("summary", {}, richText(one.summary)), (one.blocks ?? []).map(block));
    case "divider":
      return h("hr");
    case "photo":
      return Array.isArray(one.photo) ? photo(one) : null;
    case "footer":
      return h("small", {}, richText(one.text));
    case "buttons":
      return h("p", {}, (one.buttons ?? []).map((button) => h("span", { class: "tag" }, button.text, " ")));
    default:
      return one.text || one.expression ? h("p", {}, richText(one.text ?? one.expression)) : null;
  }
}

function table(one) {
  const cell = (what) => h(what.is_header ? "th" : "td", { colspan: what.colspan && String(what.colspan), rowspan: what.rowspan && String(what.rowspan), style: { "text-align": what.align || "left" } }, richText(what.text));
  return h("div", { class: "table-frame" }, h("table", {}, one.caption ? h("caption", {}, richText(one.caption)) : null, h("tbody", {}, one.cells.map((row) => h("tr", {}, row.map(cell))))));
}
