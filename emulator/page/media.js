// What a message carries besides words.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

export const fileUrl = (id) => `/sim/files/${encodeURIComponent(id)}`;

export function sizeText(bytes) {
  if (!bytes) return "";
  const units = ["B", "KB", "MB"];
  const step = Math.min(2, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** step).toFixed(step ? 1 : 0)} ${units[step]}`;
}

export function media(view) {
  if (view.photo) return photo(view);
  if (view.animation) return file("play", t("animation"), view.animation);
  if (view.video) return file("play", view.video.file_name || t("video"), view.video);
  if (view.document) return file("file", view.document.file_name || t("document"), view.document);
  if (view.audio) return file("play", view.audio.title || view.audio.file_name || t("audio"), view.audio);
  if (view.voice) return file("play", t("voice"), view.voice);
  if (view.video_note) return file("play", t("video_note"), view.video_note);
  if (view.sticker) return h("div", { class: "sticker", role: "img", "aria-label": t("sticker") }, view.sticker.emoji || "🙂");
  if (view.dice) return h("div", { class: "sticker", role: "img", "aria-label": `${view.dice.emoji} ${view.dice.value}` }, view.dice.emoji);
  if (view.venue) return card("📍", view.venue.title, view.venue.address);
  if (view.location) return card("📍", t("location"), `${view.location.latitude.toFixed(4)}, ${view.location.longitude.toFixed(4)}`);
  if (view.contact) return card("👤", `${view.contact.first_name} ${view.contact.last_name ?? ""}`.trim(), view.contact.phone_number);
  return null;
}

function card(face, title, below) {
  return h("div", { class: "card" }, h("span", { class: "card-face", "aria-hidden": "true" }, face), h("span", {}, h("b", {}, title), h("small", {}, below)));
}

function file(face, name, what) {
  return h("a", { class: "file", href: fileUrl(what.file_id), download: what.file_name || "file", rel: "noopener" },
    h("span", { class: "file-face" }, icon(face)), h("span", { class: "file-name" }, h("b", {}, name), h("small", {}, sizeText(what.file_size))));
}

// The place of a picture is kept before it has come, so that nothing jumps.
function box({ width, height }) {
  const scale = Math.min(430 / width, 360 / height);
  return [Math.max(130, Math.round(width * scale)), Math.max(90, Math.round(height * scale))];
}

export function photo(view) {
  const best = view.photo[view.photo.length - 1];
  const veiled = view.has_media_spoiler;
  const image = h("img", { src: fileUrl(best.file_id), alt: view.caption || t("photo"), decoding: "async" });
  const [width, height] = box(best);
  const frame = h("div", { class: `photo ${veiled ? "veil" : ""}`, style: { "--width": `${width}px`, "--ratio": `${width} / ${height}` } }, image);
  image.addEventListener("load", () => {
    const [wide, high] = box({ width: image.naturalWidth, height: image.naturalHeight });
    frame.style.setProperty("--width", `${wide}px`);
    frame.style.setProperty("--ratio", `${wide} / ${high}`);
  }, { once: true });
  if (!veiled) return frame;
  const cover = h("button", { type: "button", class: "unveil", "aria-label": t("spoilerPhoto"), onclick: () => { frame.classList.remove("veil"); cover.remove(); } }, icon("eye"));
  frame.append(cover);
  return frame;
}

export function album(items) {
  return h("div", { class: `album of-${Math.min(items.length, 10)}` }, items.map((one) => (one.view.photo ? photo(one.view) : media(one.view))));
}

// A small landscape, drawn here so that a photo is always at hand.
export async function samplePhoto() {
  const canvas = h("canvas", { width: 960, height: 640 });
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 640);
  sky.addColorStop(0, "#7aa7ff");
  sky.addColorStop(0.6, "#ffd9b0");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 960, 640);
  pen.fillStyle = "#fff3c4";
  pen.beginPath();
  pen.arc(690, 250, 64, 0, 7);
  pen.fill();
  const hills = ["#6c8f7d", "#4d7566", "#33564b"];
  hills.forEach((shade, row) => {
    pen.fillStyle = shade;
    pen.beginPath();
    pen.moveTo(0, 640);
    for (let x = 0; x <= 960; x += 8) pen.lineTo(x, 380 + row * 80 + Math.sin(x / (90 + row * 40) + row * 2 + Math.random() * 0.02) * (46 - row * 8));
    pen.lineTo(960, 640);
    pen.fill();
  });
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
}
