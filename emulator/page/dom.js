// Small helpers over the DOM. Text always becomes a text node; nothing here parses markup.

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-6z",
  clip: "M8 12.5l6.2-6.2a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7.2l7.7-7.7",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 7L4 12l6 5v-3.5c5 0 8 1.5 10 4.5-.5-5.5-4-9-10-9z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  pencil: "M4 20l1-4L16 5l3 3L8 19z",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  down: "M6 10l6 6 6-6",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M4.5 12h-2M21.5 12h-2M6 6L5 5M19 19l-1-1M6 18l-1 1M19 5l-1 1",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  play: "M8 5l11 7-11 7z",
  pin: "M14 4l6 6-4 1-3.5 3.5.5 3.5-1 1-7-7 1-1 3.5.5L13 8z",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9.5h.01",
  keys: "M3 7h18v10H3zM7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14h8",
  hash: "M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, extra = {}) {
  return h("button", { type: "button", ...extra, class: `round ${extra.class ?? ""}`, "aria-label": label, title: label, onclick }, icon(name));
}

const SHADES = 8;

export function avatar(id, name, size = "") {
  const letters = (name || "?").split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  const shade = Math.abs(Number(id) || 0) % SHADES;
  return h("span", { class: `avatar ${size} shade-${shade}`, "aria-hidden": "true" }, letters || "?");
}

export function byId(id) {
  return document.getElementById(id);
}

// Replace children without touching nodes that are the same objects: focus and scroll survive.
export function fill(parent, nodes) {
  const wanted = nodes.flat(Infinity).filter(Boolean);
  const same = wanted.length === parent.childNodes.length && wanted.every((node, i) => parent.childNodes[i] === node);
  if (same) return;
  const keep = new Set(wanted);
  for (const node of [...parent.childNodes]) if (!keep.has(node)) node.remove();
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

// Keep one node for each key and build it anew only when what it shows has changed.
export class Keyed {
  constructor(build) {
    this.build = build;
    this.made = new Map();
  }

  nodes(items, keyOf) {
    const before = this.made;
    this.made = new Map();
    return items.map((item) => {
      const key = keyOf(item);
      const print = JSON.stringify(item);
      const old = before.get(key);
      const entry = old && old.print === print ? old : { print, node: this.replace(old, item) };
      this.made.set(key, entry);
      return entry.node;
    });
  }

  replace(old, item) {
    const node = this.build(item);
    if (old && old.node.contains(document.activeElement)) {
      const mark = document.activeElement.dataset?.focus;
      queueMicrotask(() => (node.dataset.focus === mark ? node : node.querySelector(`[data-focus="${CSS.escape(mark ?? "")}"]`))?.focus({ preventScroll: true }));
    }
    return node;
  }

  clear() {
    this.made.clear();
  }
}
