// The drawer with tools: time, faults, log.

import { byId, h, iconButton } from "./dom.js";
import { clockTool } from "./clock.js";
import { faultsTool } from "./faults.js";
import { t } from "./i18n.js";
import { logTool } from "./log.js";
import { state } from "./store.js";

const TOOLS = { clock: clockTool, faults: faultsTool, log: logTool };
const made = {};
let opener = null;

export function openTool(name) {
  if (state.tool === name) {
    closeTool();
    return;
  }
  opener = { clock: "now", faults: "open-faults", log: "open-log" }[name];
  state.tool = name;
  made[name] ??= TOOLS[name]();
  const tools = byId("tools");
  tools.hidden = false;
  tools.setAttribute("aria-label", t(name));
  tools.replaceChildren(h("header", { class: "tool-head" }, h("h2", {}, t(name)), iconButton("close", t("close"), () => closeTool(), { id: "close-tool" })), made[name].node);
  made[name].open();
  byId("close-tool").focus();
}

export function closeTool() {
  if (!state.tool) return false;
  made[state.tool].close?.();
  state.tool = null;
  byId("tools").hidden = true;
  byId("tools").replaceChildren();
  byId(opener)?.setAttribute("aria-expanded", "false");
  byId(opener)?.focus();
  return true;
}

export function drawTool(tick = false) {
  if (!state.tool) return;
  const title = byId("tools").querySelector("h2");
  if (title) title.textContent = t(state.tool);
  made[state.tool].draw(tick);
}

// The emulator's time now: a running clock goes on between two looks.
export function tickClock() {
  const { clock } = state;
  return { ...clock, now: clock.now + (clock.runs ? (performance.now() - clock.seen) / 1000 : 0) };
}
