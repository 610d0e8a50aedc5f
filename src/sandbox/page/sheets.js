// The menus of a phone: commands, attachments, what to do with a message.
import { h } from "./dom.js";
import { act, upload, world } from "./world.js";
import { attachFiles, context, grow, open, say, tell } from "./actions.js";
import { contact, place } from "./dialogs.js";
import { groupInfo, joinable, newGroup } from "./groups.js";
import { film, FILM_SECONDS, picture, voice, VOICE_SECONDS } from "./made.js";

/**
 * Opens a menu of `[label, note, go, testid]`. `near` is the element beside which it opens; without one it stands on
 * the input. `quiet` leaves the focus where it is. A second call closes it.
 */
function sheet(phone, name, items, { near, quiet, back } = {}) {
  const old = phone.root.querySelector(".sheet");
  if (old) old.shut();
  if (old && old.dataset.name === name) return;
  const box = h("div", { class: "sheet", role: "menu", "data-testid": "sheet", "data-name": name, tabindex: "-1" }, items.map(([label, note, go, id]) =>
    h("button", { type: "button", role: "menuitem", "data-testid": id, onclick: () => { box.shut(); go(); } }, label, h("span", {}, note))));
  const away = (event) => { if (!box.contains(event.target)) box.shut(); };
  box.shut = () => { box.remove(); document.removeEventListener("pointerdown", away, true); };
  box.addEventListener("keydown", (event) => {
    const keys = [...box.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { box.shut(); (back || phone.el.input).focus(); }
    if (step) { event.preventDefault(); keys[(keys.indexOf(document.activeElement) + step + keys.length) % keys.length].focus(); }
  });
  phone.root.append(box);
  placeSheet(phone, box, near);
  if (!quiet) box.querySelector("button").focus({ preventScroll: true });
  setTimeout(() => document.addEventListener("pointerdown", away, true));
}

function placeSheet(phone, box, near) {
  const frame = phone.root.getBoundingClientRect();
  const foot = phone.el.foot.offsetHeight + 6;
  if (!near) { box.style.bottom = foot + "px"; return; }
  const at = near.getBoundingClientRect();
  box.style.top = Math.max(50, Math.min(at.bottom - frame.top + 4, frame.height - box.offsetHeight - 8)) + "px";
}

export function commands(phone, quiet) {
  const chat = world.chats.get(phone.chat);
  const list = (chat.menus && chat.menus[phone.id]) || [];
  const send = (entry) => () => {
    if (phone.el.input.value === "/") { phone.el.input.value = ""; grow(phone.el.input); }
    say(phone, "/" + entry.command + (chat.title ? "@" + world.username : ""));
  };
  const items = list.map((entry) => ["/" + entry.command, entry.description, send(entry)]);
  sheet(phone, "commands", items.length ? items : [["—", "没有命令 No commands", () => {}]], { quiet });
}

export function closeSheet(phone) {
  const old = phone.root.querySelector(".sheet");
  if (old) old.shut();
}

export function more(phone, button) {
  const chat = world.chats.get(phone.id);
  const group = world.chats.get(phone.chat).title;
  sheet(phone, "more", [
    ...(group ? [["群组与成员…", "Group and members", () => groupInfo(phone, phone.chat), "group-menu"]] : []),
    ["新建群组…", "New group", () => newGroup(phone), "new-group"],
    ...joinable(phone),
    chat.blocked ? ["解除屏蔽", "Unblock the bot", () => act("unblock", phone.id, phone.id), "unblock"] : ["屏蔽机器人", "Block the bot", () => act("block", phone.id, phone.id), "block"],
    ["重新开始", "Send /start", () => open(phone, ""), "restart"],
  ], { near: button, back: button });
}

/** What a person can do with a message. */
export function messageMenu(phone, body, bubble, button) {
  const words = body.text || body.caption;
  const copy = () => navigator.clipboard.writeText(words).then(() => tell(phone, "已复制 Copied"), () => tell(phone, "无法复制 Could not copy"));
  sheet(phone, "message " + body.message_id, [
    ["回复", "Reply", () => context(phone, { kind: "reply", body }), "reply"],
    ...(body.from.id === phone.id && words && !body.forward_origin ? [["编辑", "Edit", () => context(phone, { kind: "edit", body }), "edit"]] : []),
    ...(words && !body.has_protected_content ? [["复制文字", "Copy text", copy, "copy"]] : []),
  ], { near: bubble, back: button });
}

export function attachments(phone, button) {
  const choose = (accept) => () => {
    const input = h("input", { type: "file", accept, multiple: true });
    input.addEventListener("change", () => attachFiles(phone, [...input.files]));
    input.click();
  };
  /** The words in the input become the caption. */
  const send = (kind, file, more) => upload(phone.id, phone.chat, kind, file, more).catch(() => tell(phone, "没有发出 Not sent"));
  const caption = () => { const words = phone.el.input.value.trim(); phone.el.input.value = ""; grow(phone.el.input); return words; };
  const album = async () => {
    const words = caption();
    const group = await act("album_id", phone.id, phone.chat);
    for (let i = 1; i <= 3; i++) await send("photo", await picture(i), { album: group, caption: i === 1 ? words : "" });
  };
  const movie = async () => {
    const words = caption();
    tell(phone, "正在录制 2 秒… Recording 2 seconds…");
    const file = await film();
    if (file) send("video", file, { caption: words, seconds: FILM_SECONDS });
    else tell(phone, "此浏览器不能录制，请选择文件。 This browser cannot record; choose a file.");
  };
  sheet(phone, "attach", [
    ["照片", "Sample photo", async () => send("photo", await picture(1), { caption: caption() })],
    ["相册（3 张）", "Sample album of 3", album],
    ["视频", "Sample video", movie],
    ["语音", "Sample voice", () => send("voice", voice(), { seconds: VOICE_SECONDS })],
    ["选择照片、视频…", "Choose photos, videos", choose("image/png,image/jpeg,image/webp,video/*")],
    ["选择文件…", "Choose files", choose("")],
    ["联系人", "Contact", () => contact(phone)],
    ["位置", "Location", () => place(phone)],
    ["贴纸", "Sticker", () => act("sticker", phone.id, phone.chat)],
  ], { back: button });
}
