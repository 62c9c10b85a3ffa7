// The log of API calls and of what reached people.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { currentLanguage, t, when, zoneOf } from "./i18n.js";
import { currentPerson } from "./store.js";

const KEPT = 400;

export function logTool() {
  let entries = [];
  let last = 0;
  let language = "";
  let loading = false;
  const nodes = new Map();
  const text = h("input", { type: "search", id: "log-filter", autocapitalize: "off", spellcheck: "false", oninput: () => draw() });
  const kind = h("select", { id: "log-kind", onchange: () => draw() });
  const failed = h("input", { type: "checkbox", id: "log-failed", onchange: () => draw() });
  const failedLabel = h("span");
  const list = h("div", { class: "log-list", tabIndex: 0 });
  const none = h("p", { class: "hint" });
  const node = h("div", { class: "tool log" }, h("div", { class: "log-filters" }, text, kind, h("label", { class: "check" }, failed, failedLabel)), list, none);

  async function load() {
    if (loading) return;
    loading = true;
    try {
      const page = await get(last ? `/sim/log?after=${last}&limit=500` : "/sim/log?limit=200");
      if (page.entries.length) {
        entries = [...entries, ...page.entries].slice(-KEPT);
        last = page.last;
        draw();
      }
    } catch {
      // the next beat tries again
    } finally {
      loading = false;
    }
  }

  function fits(entry) {
    if (kind.value !== "all" && entry.kind !== kind.value) return false;
    if (failed.checked && entry.ok !== false) return false;
    const wanted = text.value.trim().toLowerCase();
    return !wanted || entry.method.toLowerCase().includes(wanted) || JSON.stringify(entry.params ?? entry.message).toLowerCase().includes(wanted);
  }

  function row(entry) {
    const arrived = entry.kind === "arrival";
    const mark = arrived ? "→" : entry.ok ? "✓" : "✗";
    const words = arrived ? (entry.message.text ?? entry.message.caption ?? "") : entry.ok ? (entry.params.text ?? entry.params.action ?? "") : entry.outcome;
    const details = h("details", { class: `entry ${entry.kind} ${entry.ok === false ? "bad" : ""}` },
      h("summary", {}, h("i", { "aria-hidden": "true" }, mark), h("time", {}, when(entry.at, zoneOf(currentPerson()), { hour: "2-digit", minute: "2-digit", second: "2-digit" })), h("b", {}, entry.method), h("small", {}, [entry.chat, words].filter((one) => one !== null && one !== "").join(" · "))));
    details.addEventListener("toggle", () => {
      if (details.open && !details.querySelector("pre")) details.append(h("pre", { tabIndex: 0 }, JSON.stringify(arrived ? entry.message : { params: entry.params, result: entry.result, outcome: entry.outcome }, null, 2)));
    });
    return details;
  }

  function draw() {
    if (language !== currentLanguage()) {
      language = currentLanguage();
      const chosen = kind.value || "all";
      kind.replaceChildren(...[["all", "all"], ["call", "onlyCalls"], ["arrival", "onlyArrivals"]].map(([value, key]) => h("option", { value, selected: value === chosen }, t(key))));
      kind.setAttribute("aria-label", t("log"));
      text.placeholder = t("filter");
      text.setAttribute("aria-label", t("filter"));
      failedLabel.textContent = t("onlyFailed");
      none.textContent = t("noLog");
    }
    const atTop = list.scrollTop < 40;
    const shown = entries.filter(fits).reverse();
    for (const entry of shown) if (!nodes.has(entry.number)) nodes.set(entry.number, row(entry));
    fill(list, shown.map((entry) => nodes.get(entry.number)));
    if (atTop) list.scrollTop = 0;
    none.hidden = shown.length > 0;
  }

  return {
    node,
    open: () => { draw(); load(); },
    draw: (tick) => {
      if (language !== currentLanguage()) draw();
      if (!tick) load();
    },
  };
}
