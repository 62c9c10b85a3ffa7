// Faults on command, poison updates and rate limits.

import { del, get, post } from "./api.js";
import { Keyed, fill, h, iconButton } from "./dom.js";
import { currentLanguage, t } from "./i18n.js";
import { complain, toast } from "./overlay.js";

const QUICK = [
  { kind: "429", count: 3, seconds: 5 },
  { kind: "timeout_after", method: "sendMessage", count: 1 },
  { kind: "slow", count: 5, seconds: 4 },
  { kind: "html", count: 2 },
  { kind: "duplicate", count: 1 },
  { kind: "reorder", count: 1 },
];
const POISONS = ["unknown_reaction", "unknown_member_status", "administrator_without_right", "wrong_date"];

export function faultsTool() {
  const known = { kinds: [], active: [] };
  const limits = { enabled: false };
  let language = "";
  const list = h("div", { class: "fault-list" });
  const none = h("p", { class: "hint" });
  const rows = new Keyed((fault) => h("div", { class: "fault" },
    h("span", {}, h("b", {}, t(`f_${fault.kind}`)), h("small", {}, detail(fault))),
    iconButton("close", t("lift"), () => run(() => del(`/sim/faults/${fault.id}`)))));
  const body = h("div");
  const node = h("div", { class: "tool" }, body);

  async function run(what) {
    try {
      await what();
      await load();
    } catch (error) {
      complain(error);
    }
  }

  async function load() {
    Object.assign(known, await get("/sim/faults"));
    Object.assign(limits, await get("/sim/limits"));
    draw();
  }

  const add = (fault) => run(() => post("/sim/faults", fault));

  function detail(fault) {
    return [fault.method, fault.chat_id && `chat ${fault.chat_id}`, fault.left === null ? t("faultAlways") : t("left", { n: fault.left }), fault.probability < 1 && `${Math.round(fault.probability * 100)}%`, t("fired", { n: fault.fired })].filter(Boolean).join(" · ");
  }

  function build() {
    const kind = h("select", { id: "fault-kind", name: "kind" }, known.kinds.map((one) => h("option", { value: one }, t(`f_${one}`))));
    const fields = [
      ["faultMethod", h("input", { name: "method", id: "fault-method", type: "text", placeholder: "sendMessage", autocapitalize: "off", spellcheck: "false" })],
      ["faultChat", h("input", { name: "chat_id", id: "fault-chat", type: "text", inputmode: "numeric" })],
      ["faultCount", h("input", { name: "count", id: "fault-count", type: "number", min: "1", placeholder: "∞", value: "1" })],
      ["faultChance", h("input", { name: "probability", id: "fault-chance", type: "number", min: "1", max: "100", value: "100" })],
      ["faultSeconds", h("input", { name: "seconds", id: "fault-seconds", type: "number", min: "0", value: "5" })],
    ];
    const form = h("form", {
      class: "fault-form",
      onsubmit: (event) => {
        event.preventDefault();
        const given = Object.fromEntries(new FormData(form));
        add({ kind: given.kind, method: given.method || null, chat_id: given.chat_id || null, count: given.count ? Number(given.count) : null, probability: Number(given.probability) / 100, seconds: Number(given.seconds) });
      },
    }, h("label", { for: "fault-kind" }, t("faultKind")), kind, fields.map(([key, input]) => [h("label", { for: input.id }, t(key)), input]), h("button", { class: "key primary wide" }, t("addFault")));
    const limit = h("input", { type: "checkbox", id: "limits", role: "switch", onchange: () => run(() => post("/sim/limits", { enabled: limit.checked })) });
    body.replaceChildren(
      h("div", { class: "chips" }, QUICK.map((fault) => h("button", { type: "button", class: "chip", data: { fault: fault.kind }, onclick: () => add(fault) }, t(`f_${fault.kind}`), fault.count > 1 ? ` ×${fault.count}` : ""))),
      h("h3", {}, t("activeFaults")), list, none,
      h("details", {}, h("summary", {}, t("addFault")), form),
      h("h3", {}, t("poison")), h("div", { class: "chips" }, POISONS.map((name) => h("button", { type: "button", class: "chip warn", data: { poison: name }, onclick: () => run(async () => { await post("/sim/poison", { kind: name }); toast(t("poisoned")); }) }, t(`poison_${name}`)))),
      h("label", { class: "switch" }, limit, h("span", {}, h("b", {}, t("limits")), h("small", {}, t("limitsHint")))));
    body.limit = limit;
  }

  function draw() {
    if (known.kinds.length && language !== currentLanguage()) {
      language = currentLanguage();
      build();
    }
    fill(list, rows.nodes(known.active.map((one) => ({ ...one, language })), (fault) => fault.id));
    none.textContent = t("noFaults");
    none.hidden = known.active.length > 0;
    if (body.limit) body.limit.checked = limits.enabled;
  }

  let quiet = false;
  return {
    node,
    open: load,
    draw: (tick) => {
      draw();
      if (tick || quiet) return;
      quiet = true;
      get("/sim/faults").then((now) => { Object.assign(known, now); draw(); }).catch(() => {}).finally(() => { quiet = false; });
    },
  };
}
