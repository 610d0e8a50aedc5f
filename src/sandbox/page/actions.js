// What a person does: write, press, answer, edit, jump; and what then shows up.
import { h } from "./dom.js";
import { bringBot } from "./groups.js";
import { lengthOf } from "./made.js";
import { summary } from "./media.js";
import { groupLink, startPayload } from "./text.js";
import { act, phones, upload, world } from "./world.js";

const lost = (phone) => () => tell(phone, "没有发出，服务器没有回答。 Not sent: the server does not answer.");

export function toEnd(phone) {
  phone.atEnd = true;
  phone.el.log.scrollTop = phone.el.log.scrollHeight;
}

/** Says something in the open chat, as an answer if one was being written. */
export function say(phone, text) {
  const reply = phone.context && phone.context.kind === "reply" ? phone.context.body.message_id : undefined;
  context(phone, null);
  toEnd(phone);
  return act("say", phone.id, phone.chat, { text, reply_to: reply });
}

export function send(phone) {
  const { input } = phone.el;
  const text = input.value.trim();
  if (!text) return input.focus();
  const editing = phone.context && phone.context.kind === "edit" ? phone.context.body : null;
  if (editing) context(phone, null);
  input.value = "";
  grow(input);
  const done = editing ? act("edit", phone.id, phone.chat, { message: editing.message_id, text }) : say(phone, text);
  done.catch(() => { input.value = text; grow(input); lost(phone)(); });
}

export function grow(input) {
  input.style.height = "";
  input.style.height = Math.min(110, input.scrollHeight + 2) + "px";
}

/** Answering or editing a message: `{kind, body}`, or null for neither. */
export function context(phone, what) {
  const { context: box, input } = phone.el;
  if (phone.context && phone.context.kind === "edit" && !what) { input.value = ""; grow(input); }
  phone.context = what;
  box.hidden = !what;
  if (!what) return;
  const label = what.kind === "edit" ? "编辑 Edit: " : "回复 Reply: ";
  box.replaceChildren(h("span", {}, label + summary(what.body)), h("button", { type: "button", "aria-label": "取消 Cancel", onclick: () => context(phone, null) }, "✕"));
  if (what.kind === "edit") { input.value = what.body.text || what.body.caption || ""; grow(input); }
  input.focus();
}

export function jump(phone, id) {
  const node = phone.el.log.querySelector(`[data-message="${id}"]`);
  if (!node) return tell(phone, "这条消息已不在。 That message is gone.");
  node.scrollIntoView({ block: "center" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1200);
}

/** Opens the private chat with the bot and presses START with this payload. */
export function open(phone, payload) {
  phone.turn(phone.id);
  return act("start", phone.id, phone.id, payload ? { payload } : {}).catch(lost(phone));
}

/** True if the address is one of the bot's own, which opens here. */
export function follow(phone, url) {
  const group = groupLink(url, world.username);
  if (group) { bringBot(phone, group); return true; }
  const payload = startPayload(url, world.username);
  if (payload === null) return false;
  open(phone, payload);
  return true;
}

export function press(phone, body, key, button) {
  if (key.url) {
    if (!follow(phone, key.url)) window.open(key.url, "_blank", "noreferrer");
    return;
  }
  if (!key.callback_data || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 8000);
  act("press", phone.id, body.chat.id, { message: body.message_id, data: key.callback_data }).catch(lost(phone));
}

/** The bot answered a press. */
export function answered({ user, answer }) {
  const phone = phones.get(user);
  if (!phone) return;
  // The answer may be quicker than the press's own reply, so all waiting buttons are let go.
  for (const button of phone.root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  if (follow(phone, answer.url) || !answer.text) return;
  if (answer.show_alert) alertOf(phone, answer.text);
  else tell(phone, answer.text);
}

function alertOf(phone, text) {
  const ok = h("button", { class: "big", type: "button", onclick: () => { box.remove(); phone.el.input.focus({ preventScroll: true }); } }, "好 OK");
  const box = h("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text, "data-testid": "alert" }, h("div", {}, text, ok));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") ok.click(); if (event.key === "Tab") event.preventDefault(); });
  phone.root.append(box);
  ok.focus({ preventScroll: true });
}

/** A line that shows for as long as it takes to read. */
export function tell(phone, text) {
  for (const old of phone.root.querySelectorAll(".toast")) old.remove();
  const box = h("div", { class: "toast", role: "status", "data-testid": "toast" }, text);
  phone.root.append(box);
  setTimeout(() => box.remove(), 2500 + 60 * text.length);
}

/** Photos and videos that are chosen together are one album, as in the apps. */
export async function attachFiles(phone, files) {
  const kindOf = (file) => (/^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : file.type.startsWith("video/") ? "video" : "document");
  const together = files.length > 1 && files.length <= 10 && files.every((file) => kindOf(file) !== "document");
  let caption = phone.el.input.value.trim();
  phone.el.input.value = "";
  grow(phone.el.input);
  try {
    const album = together ? await act("album_id", phone.id, phone.chat) : undefined;
    for (const file of files) {
      const kind = kindOf(file);
      const seconds = kind === "video" ? await lengthOf(file, "video") : undefined;
      await upload(phone.id, phone.chat, kind, file, { album, caption, seconds });
      caption = "";
    }
  } catch {
    lost(phone)();
  }
}
