// One phone: its frame, its chats, its log and what stands under it.
import { colourOf, h, narrow } from "./dom.js";
import { context, follow, grow, jump, open, press, say, send, toEnd } from "./actions.js";
import { contact, place } from "./dialogs.js";
import { messageElement } from "./message.js";
import { summary } from "./media.js";
import { attachments, closeSheet, commands, messageMenu, more } from "./sheets.js";
import { act, chatsOf, groupOf, link, world } from "./world.js";

export function makePhone(person, chat) {
  const phone = { id: person.id, person, chat, unread: new Map(), missed: 0, atEnd: true, context: null, drawn: {} };
  phone.turn = (id) => { if (phone.chat !== id) { phone.chat = id; phone.missed = 0; context(phone, null); } draw(phone); phone.turned(); };
  phone.turned = () => {};
  phone.linked = () => {};
  phone.on = {
    command: (text) => say(phone, text),
    link: (url) => follow(phone, url),
    jump: (id) => jump(phone, id),
    menu: (body, bubble, button) => messageMenu(phone, body, bubble, button),
    press: (body, key, button) => press(phone, body, key, button),
  };
  build(phone);
  watchLog(phone);
  return phone;
}

function build(phone) {
  const { person } = phone;
  const el = (phone.el = {});
  const face = h("div", { class: "face", "aria-hidden": "true" }, person.first_name[0]);
  face.style.background = colourOf(person.id);
  const button = (name, label, text, go) => h("button", { class: name, type: "button", "aria-label": label, "data-testid": name, onclick: (event) => go(event.currentTarget) }, text);
  el.input = h("textarea", { rows: "1", placeholder: "消息 Message", "aria-label": `${person.first_name}：消息 Message`, "data-testid": "input", enterkeyhint: "send" });
  el.input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); closeSheet(phone); send(phone); }
    if (event.key === "Escape") { closeSheet(phone); context(phone, null); }
  });
  el.input.addEventListener("input", () => { grow(el.input); closeSheet(phone); if (el.input.value === "/") commands(phone, true); });
  el.role = h("small", {}, roleOf(person));
  el.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "聊天 Chats" });
  el.pin = h("button", { class: "pin", type: "button", hidden: true, "data-testid": "pinned" });
  el.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "data-testid": "log" });
  el.down = h("button", { class: "down", type: "button", hidden: true, "data-testid": "down", "aria-label": "到最新消息 To the newest message", onclick: () => { toEnd(phone); draw(phone); } });
  el.typing = h("div", { class: "typing", hidden: true, "data-testid": "typing" }, "正在输入… typing…");
  el.context = h("div", { class: "context", hidden: true });
  el.gate = h("button", { class: "big gate", type: "button", hidden: true, "data-testid": "start" });
  el.keys = h("div", { class: "keys-reply", "data-testid": "reply-keyboard" });
  el.bar = h("div", { class: "bar" },
    button("menu", "命令菜单 Commands", "/", () => commands(phone)), el.input,
    button("attach", "附件 Attach", "+", (it) => attachments(phone, it)), button("send", "发送 Send", "➤", () => send(phone)));
  el.foot = h("div", { class: "foot" }, el.context, el.gate, el.keys, el.bar);
  phone.root = h("section", { class: "phone", "data-testid": "phone", "data-person": person.id, "aria-label": person.first_name },
    h("div", { class: "who" }, face, h("div", {}, h("b", {}, person.first_name), el.role), button("more", "更多 More", "⋯", (it) => more(phone, it))),
    el.tabs, el.pin, h("div", { class: "room" }, el.log, el.typing, el.down), el.foot);
}

function roleOf(person) {
  const group = groupOf(person.id);
  const role = person.admin ? "管理员 Admin" : group ? "师傅 Technician" : "客户 Customer";
  return role + " · " + (/^zh/.test(person.language_code || "") ? "中文" : "EN");
}

/** The log stays at its end unless the reader scrolled away, whatever grows or shrinks around it. */
function watchLog(phone) {
  const { log } = phone.el;
  let height = 0;
  log.addEventListener("scroll", () => {
    // A keyboard that came or went moved the log, not the reader.
    if (log.clientHeight !== height) return;
    phone.atEnd = log.scrollHeight - log.scrollTop - height < 48;
    if (phone.atEnd) phone.missed = 0;
    drawDown(phone);
  });
  new ResizeObserver(() => { height = log.clientHeight; if (phone.atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
}

function drawDown(phone) {
  const { down } = phone.el;
  down.hidden = phone.atEnd;
  down.replaceChildren("↓", h("span", { class: "badge" }, String(phone.missed || "")));
}

export function visible(phone) {
  const box = phone.root.getBoundingClientRect();
  return box.width > 0 && box.right > 80 && box.left < innerWidth - 80;
}

export function draw(phone) {
  const chats = chatsOf(phone.id);
  if (phone.want && chats.some((chat) => chat.id === phone.want)) { const id = phone.want; phone.want = null; return phone.turn(id); }
  phone.el.role.textContent = roleOf(phone.person);
  if (!chats.some((chat) => chat.id === phone.chat)) phone.chat = (chats[0] || {}).id;
  const chat = world.chats.get(phone.chat);
  if (!chat) return;
  phone.root.dataset.chat = chat.id;
  if (visible(phone)) phone.unread.delete(chat.id);
  drawTabs(phone, chats);
  drawPin(phone, chat);
  if (phone.drawn.chat !== chat.id || phone.drawn.stamp !== chat.stamp) drawLog(phone, chat);
  drawTyping(phone, chat);
  drawFoot(phone, chat);
  drawDown(phone);
}

function drawTabs(phone, chats) {
  const { tabs } = phone.el;
  const list = chats.map((chat) => [chat.id, chat.title || world.bot.first_name, phone.unread.get(chat.id) || 0, chat.id === phone.chat]);
  const text = JSON.stringify(list);
  if (phone.drawn.tabs === text) return;
  phone.drawn.tabs = text;
  const focused = tabs.contains(document.activeElement);
  tabs.replaceChildren(...list.map(([id, name, unread, chosen]) =>
    h("button", { class: "tab", role: "tab", type: "button", "data-testid": "tab", "data-chat": id, "aria-selected": String(chosen), onclick: () => phone.turn(id) },
      h("span", {}, name), h("span", { class: "badge", "data-testid": "unread", "aria-label": unread && `${unread} 条未读 unread` }, String(unread || "")))));
  if (focused) tabs.querySelector("[aria-selected=true]").focus();
}

function drawPin(phone, chat) {
  const { pin } = phone.el;
  const pinned = chat.pinned && chat.messages.get(chat.pinned);
  pin.hidden = !pinned;
  if (!pinned) return;
  pin.textContent = "置顶 Pinned · " + summary(pinned.body);
  pin.onclick = () => jump(phone, chat.pinned);
}

/** Redraws only what changed, so that nothing jumps and half-read text stays where it is. */
function drawLog(phone, chat) {
  const { el, drawn } = phone;
  const turned = drawn.chat !== chat.id;
  if (turned) { drawn.nodes = new Map(); el.log.replaceChildren(); el.log.setAttribute("aria-label", "聊天 Chat: " + (chat.title || world.bot.first_name)); }
  const groups = [];
  for (const entry of [...chat.messages.values()].sort((a, b) => a.body.message_id - b.body.message_id)) {
    const last = groups[groups.length - 1];
    const album = entry.body.media_group_id;
    if (album && last && last[0].body.media_group_id === album) last.push(entry);
    else groups.push([entry]);
  }
  const nodes = new Map();
  let before = null;
  for (const group of groups) {
    const key = group[0].body.message_id;
    const text = JSON.stringify(group);
    const old = drawn.nodes.get(key);
    const node = old && old.text === text ? old.node : messageElement(group, phone.id, Boolean(chat.title), phone.on);
    if (old && old.node !== node) {
      const focused = old.node.contains(document.activeElement);
      old.node.replaceWith(node);
      if (focused) el.log.focus({ preventScroll: true });
    } else if (!old) { if (before) before.after(node); else el.log.prepend(node); }
    nodes.set(key, { node, text });
    before = node;
  }
  for (const [key, old] of drawn.nodes) if (!nodes.has(key)) old.node.remove();
  const empty = el.log.querySelector(".empty");
  if (empty) empty.remove();
  if (!groups.length) el.log.append(h("div", { class: "empty" }, h("b", {}, world.bot.first_name), phone.person.about || "还没有消息 No messages yet"));
  Object.assign(drawn, { chat: chat.id, stamp: chat.stamp, nodes });
  if (turned || phone.atEnd) toEnd(phone);
}

function drawTyping(phone, chat) {
  clearTimeout(phone.typing);
  phone.el.typing.hidden = !chat.action;
  // Nobody says that it ended: it fades by itself.
  if (chat.action) phone.typing = setTimeout(() => { chat.action = null; phone.el.typing.hidden = true; }, chat.action.left);
}

function drawFoot(phone, chat) {
  const { el, drawn } = phone;
  const gate = !chat.title && (chat.blocked || !chat.started || link.payload !== null);
  el.gate.hidden = !gate;
  el.bar.hidden = gate;
  el.gate.textContent = chat.blocked ? "重新启用 Restart bot" : "开始 START";
  el.gate.onclick = () => {
    const payload = link.payload;
    const sent = open(phone, payload || "");
    if (payload !== null) phone.linked();
    return sent.then(() => narrow() || el.input.focus({ preventScroll: true }));
  };
  const keyboard = gate ? null : chat.keyboard;
  const text = JSON.stringify([chat.id, keyboard]);
  if (drawn.keys === text) return;
  drawn.keys = text;
  const rows = keyboard ? keyboard.keyboard : [];
  el.keys.hidden = !rows.length;
  el.keys.replaceChildren(...rows.map((row) => h("div", { class: "row" }, row.map((key) => replyKey(phone, keyboard, key)))));
  el.input.placeholder = (keyboard && keyboard.input_field_placeholder) || "消息 Message";
}

function replyKey(phone, keyboard, key) {
  const label = key.text || key;
  const go = () => {
    if (key.request_contact) return contact(phone);
    if (key.request_location) return place(phone);
    if (keyboard.one_time_keyboard) phone.el.keys.hidden = true;
    return say(phone, label);
  };
  return h("button", { type: "button", "data-testid": "reply-button", onclick: go }, label);
}
