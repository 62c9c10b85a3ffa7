// Toasts, questions and menus over the page.

import { byId, h } from "./dom.js";
import { t } from "./i18n.js";

export function toast(text, kind = "") {
  const node = h("div", { class: `toast ${kind}` }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), kind === "bad" ? 6000 : 3500);
}

export const complain = (error) => toast(t("failed", { why: error.message }), "bad");

// Ask something; resolves with the text (or true), or null when closed.
export function ask({ title, text, input, yes }) {
  const dialog = byId("dialog");
  return new Promise((done) => {
    const field = input === undefined ? null : h("input", { type: "text", value: input.value ?? "", placeholder: input.hint ?? "", "aria-label": input.hint ?? title });
    const form = h("form", { method: "dialog" },
      h("h2", {}, title), text ? h("p", {}, text) : null, field,
      h("div", { class: "row" },
        h("button", { type: "button", class: "key quiet", onclick: () => dialog.close("") }, t("cancel")),
        h("button", { type: "submit", class: "key primary", value: "yes" }, yes ?? t("yes"))));
    dialog.replaceChildren(form);
    dialog.onclose = () => done(dialog.returnValue === "yes" ? (field ? field.value : true) : null);
    dialog.returnValue = "";
    dialog.showModal();
    (field ?? form.querySelector(".primary")).focus();
  });
}

// The bot's alert: waits for one press.
export function alertBox(text) {
  const dialog = byId("dialog");
  dialog.replaceChildren(h("form", { method: "dialog" }, h("p", { class: "alert" }, text), h("div", { class: "row" }, h("button", { class: "key primary", value: "yes" }, t("ok")))));
  dialog.onclose = null;
  dialog.showModal();
}

let opener = null;

// `entries`: {label, icon?, act, danger?} or {faces: [...], act}.
export function openMenu(anchor, entries) {
  const menu = byId("menu");
  opener = anchor;
  menu.replaceChildren(...entries.filter(Boolean).map((entry) => (entry.faces ? faces(entry) : row(entry))));
  menu.hidden = false;
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(8, Math.min(box.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${box.bottom + height + 8 > innerHeight ? Math.max(8, box.top - height - 4) : box.bottom + 4}px`;
  menu.querySelector("button")?.focus();
}

function row(entry) {
  return h("button", { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", onclick: () => choose(entry.act) }, entry.icon ?? null, h("span", {}, entry.label));
}

function faces(entry) {
  return h("div", { class: "faces", role: "group", "aria-label": t("react") }, entry.faces.map((face) => h("button", { type: "button", role: "menuitem", onclick: () => choose(() => entry.act(face)) }, face)));
}

function choose(act) {
  closeMenu();
  act();
}

export function closeMenu() {
  const menu = byId("menu");
  if (menu.hidden) return false;
  menu.hidden = true;
  opener?.focus?.();
  return true;
}

export function bindMenu() {
  const menu = byId("menu");
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target)) closeMenu();
  });
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === "Home") items[0].focus();
    else if (event.key === "End") items[items.length - 1].focus();
    else if (event.key === "Escape" || event.key === "Tab") closeMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
