// Time: what it is for the chosen person, and moving it ahead.

import { post } from "./api.js";
import { h } from "./dom.js";
import { dayName, t, when, zoneOf } from "./i18n.js";
import { complain, toast } from "./overlay.js";
import { currentPerson, state } from "./store.js";

export function clockTool() {
  const who = h("p", { class: "hint" });
  const time = h("div", { class: "big-time", role: "timer" });
  const date = h("p", { class: "big-date" });
  const due = h("p", { class: "hint" });
  const note = h("p", { class: "hint" });
  const steps = [["hour", 3600], ["day", 86400], ["week", 604800]].map(([name, seconds]) => h("button", { type: "button", class: "key", data: { t: name, advance: String(seconds) }, onclick: () => advance({ seconds }) }));
  const toDue = h("button", { type: "button", class: "key primary wide", id: "to-due", data: { t: "toDue" }, onclick: () => advance({ to_due: true }) });
  const minutes = h("input", { type: "number", min: "1", max: "500000", value: "15", id: "minutes" });
  const custom = h("form", { class: "inline-form", onsubmit: (event) => { event.preventDefault(); advance({ seconds: Number(minutes.value) * 60 }); } },
    h("label", { for: "minutes", data: { t: "custom" } }), minutes, h("span", { data: { t: "minutes" } }), h("button", { class: "key", data: { t: "go" } }));
  const node = h("div", { class: "tool" }, who, time, date, h("div", { class: "row" }, steps), toDue, due, custom, note);

  async function advance(body) {
    try {
      await post("/sim/clock/advance", body);
      toast(t("moved"));
    } catch (error) {
      complain(error);
    }
  }

  function draw() {
    const person = currentPerson();
    const zone = zoneOf(person);
    const { clock } = state;
    const now = clock.now + (clock.runs ? (performance.now() - clock.seen) / 1000 : 0);
    who.textContent = `${t("nowFor", { name: person?.name ?? "" })} · ${zone}`;
    time.textContent = when(now, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    date.textContent = when(now, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    toDue.disabled = clock.next_due === null;
    due.textContent = clock.next_due === null ? t("noDue") : t("dueAt", { when: `${dayName(clock.next_due, now, zone)}, ${when(clock.next_due, zone, { hour: "2-digit", minute: "2-digit" })}` });
    note.textContent = t("clockNote");
    for (const one of node.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  }

  return { node, open: draw, draw };
}
