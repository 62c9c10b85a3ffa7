// Calls of the control API. A refusal becomes an Error with the emulator's words.

export async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const envelope = await answer.json();
  if (!envelope.ok) throw new Error(envelope.description);
  return envelope.result;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const del = (path) => call("DELETE", path);

// Listen to the beats of the emulator; the browser reconnects by itself.
export function listen(onbeat, onstate) {
  const source = new EventSource("/sim/events");
  source.onmessage = () => onbeat();
  source.onopen = () => onstate(true);
  source.onerror = () => onstate(false);
}

export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
