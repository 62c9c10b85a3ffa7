// The people one can be: one press switches.

import { Keyed, avatar, byId, fill, h, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { state } from "./store.js";

let choose;
let toolbar;
const list = h("div", { class: "people-list", role: "radiogroup" });
const empty = h("p", { class: "hint" });
const rows = new Keyed((person) => h("button", {
  type: "button", class: `person ${person.chosen ? "chosen" : ""}`, role: "radio", "aria-checked": String(person.chosen),
  tabIndex: person.chosen ? 0 : -1, data: { focus: `p${person.id}`, person: String(person.id) }, title: person.name, onclick: () => choose(person.id),
}, avatar(person.id, person.name), h("span", { class: "who" }, h("b", {}, person.name || t("deactivated")), h("small", { class: `role ${person.standing}` }, person.label || t(`role_${person.standing}`)))));

export function mountPeople(onchoose, tools) {
  choose = onchoose;
  toolbar = tools;
  byId("people").append(
    h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "", width: "28", height: "28" }), h("b", {}, "Opora")),
    list, empty, h("div", { class: "toolbar", id: "toolbar" }));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || !state.people.length) return;
    event.preventDefault();
    const at = state.people.findIndex((one) => one.id === state.person);
    const next = state.people[(at + step + state.people.length) % state.people.length];
    choose(next.id);
    queueMicrotask(() => list.querySelector(`[data-person="${next.id}"]`)?.focus());
  });
}

export function drawPeople() {
  const shown = state.people.map((person) => ({ ...person, chosen: person.id === state.person, language: t("people") }));
  if (shown.length && !shown.some((one) => one.chosen)) shown[0].chosen = false;
  fill(list, rows.nodes(shown, (person) => person.id));
  list.setAttribute("aria-label", t("people"));
  empty.textContent = shown.length ? "" : t("noPeople");
  empty.hidden = shown.length > 0;
}

export function drawToolbar() {
  const { theme, clock, language, nextTheme } = toolbar;
  byId("toolbar").replaceChildren(
    h("button", { type: "button", class: "now", id: "now", "aria-label": t("clock"), "aria-expanded": String(state.tool === "clock"), onclick: () => toolbar.open("clock") }, clock()),
    iconButton("bolt", t("faults"), () => toolbar.open("faults"), { "aria-expanded": String(state.tool === "faults"), id: "open-faults" }),
    iconButton("list", t("log"), () => toolbar.open("log"), { "aria-expanded": String(state.tool === "log"), id: "open-log" }),
    iconButton(theme() === "dark" ? "moon" : "sun", `${t("theme")}: ${t(`theme_${theme()}`)}`, nextTheme, { id: "theme" }),
    h("button", { type: "button", class: "round lang", id: "language", "aria-label": t("language"), title: t("language"), onclick: language }, t("language").slice(0, 2).toUpperCase()));
}
