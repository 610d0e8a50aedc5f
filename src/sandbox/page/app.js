// The phones: state, live news, and what people do.
"use strict";

const ORDER = [7100000001, 7100000002, 7100000003, 7100000004, 7100000005];
const PLACES = [
  ["上海 人民广场 People’s Square", 31.2304, 121.4737], ["上海 浦东 世纪大道 Century Avenue", 31.2286, 121.5271],
  ["北京 朝阳 国贸 Guomao", 39.9087, 116.4590], ["广州 天河 体育西 Tianhe", 23.1312, 113.3209],
  ["成都 锦江 春熙路 Chunxi Road", 30.6570, 104.0810], ["杭州 西湖 文三路 Wensan Road", 30.2770, 120.1300],
];
const world = { version: 0, people: new Map(), chats: new Map(), username: "", bot: null };
const phones = new Map();
let shown = null;

async function post(path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(path, { method: "POST", headers: form ? {} : { "content-type": "application/json" }, body: form ? body : JSON.stringify(body) });
  return answer.ok ? (await answer.json()).result : null;
}
const act = (what, user, chat, more) => post("/sandbox/act", { do: what, user, chat, ...more });

async function listen() {
  for (;;) {
    try {
      const answer = await fetch("/sandbox/events?since=" + world.version);
      if (!answer.ok) throw new Error(answer.status);
      take(await answer.json());
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

function take(news) {
  const first = world.version === 0;
  if (news.full) world.chats.clear();
  Object.assign(world, { version: news.version, username: news.username, bot: news.bot, about: news.about });
  for (const person of news.people) world.people.set(person.id, person);
  for (const chat of news.chats) {
    const known = world.chats.get(chat.id) || { messages: new Map(), stamp: 0 };
    for (const message of chat.messages) {
      const id = message.body.message_id;
      if (message.deleted) known.messages.delete(id);
      else {
        const fresh = !known.messages.has(id);
        known.messages.set(id, message);
        if (fresh && !first) countUnread(chat.id, message.body);
      }
    }
    if (chat.messages.length) known.stamp = news.version;
    world.chats.set(chat.id, Object.assign(known, chat, { messages: known.messages }));
  }
  for (const person of world.people.values()) if (!phones.has(person.id)) phones.set(person.id, makePhone(person));
  if (shown === null) show(ORDER.find((id) => phones.has(id)) || [...phones.keys()][0]);
  for (const phone of phones.values()) draw(phone);
  if (!first) for (const toast of news.toasts) answered(toast);
  drawSwitch();
}

function countUnread(chat, body) {
  for (const phone of phones.values()) {
    const visible = phone.chat === chat && (shown === phone.id || innerWidth > 760);
    if (body.from.id !== phone.id && !visible) phone.unread.set(chat, (phone.unread.get(chat) || 0) + 1);
  }
}

const chatsOf = (id) => [...world.chats.values()].filter((chat) => chat.people.includes(id)).sort((a, b) => a.id - b.id);

function makePhone(person) {
  const phone = { id: person.id, person, chat: null, unread: new Map(), context: null, drawn: {}, queries: new Map() };
  const el = (phone.el = {});
  const face = h("div", { class: "face", "aria-hidden": "true" }, person.first_name[0]);
  face.style.background = colourOf(person.id);
  phone.on = {
    command: (text) => say(phone, text),
    link: (url) => { const payload = startPayload(url, world.username); if (payload === null) return false; open(phone, payload); return true; },
    jump: (id) => jump(phone, id),
    reply: (body) => context(phone, { kind: "reply", body }),
    edit: (body) => context(phone, { kind: "edit", body }),
    press: (body, key, button) => press(phone, body, key, button),
  };
  el.input = h("textarea", { rows: "1", placeholder: "消息 Message", "aria-label": `${person.first_name}：消息 Message`, "data-testid": "input" });
  el.input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(phone); } });
  el.input.addEventListener("input", () => { grow(el.input); if (el.input.value === "/") menu(phone); });
  phone.root = h("section", { class: "phone", "data-testid": "phone", "data-person": person.id, "aria-label": person.first_name },
    h("div", { class: "who" }, face, h("div", {}, h("b", {}, person.first_name), h("small", {}, roleOf(person))),
      h("button", { class: "more", type: "button", "aria-label": "更多 More", "data-testid": "more", onclick: () => more(phone) }, "⋯")),
    (el.tabs = h("div", { class: "tabs", role: "tablist" })),
    (el.pin = h("button", { class: "pin", type: "button", hidden: true, "data-testid": "pinned" })),
    (el.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "data-testid": "log", "aria-label": "聊天 Chat" })),
    h("div", { class: "foot" }, (el.context = h("div", { class: "context", hidden: true })),
      (el.gate = h("button", { class: "big", type: "button", hidden: true, "data-testid": "start" })),
      (el.bar = h("div", { class: "bar" },
        h("button", { class: "menu", type: "button", "aria-label": "命令菜单 Commands", "data-testid": "menu", onclick: () => menu(phone) }, "/"),
        el.input,
        h("button", { type: "button", "aria-label": "附件 Attach", "data-testid": "attach", onclick: () => attachments(phone) }, "+"),
        h("button", { class: "send", type: "button", "aria-label": "发送 Send", "data-testid": "send", onclick: () => send(phone) }, "➤"))),
      (el.keys = h("div", { class: "keys-reply", "data-testid": "reply-keyboard" }))));
  const at = ORDER.indexOf(person.id);
  phone.root.style.order = at < 0 ? 99 : at;
  document.getElementById("phones").append(phone.root);
  return phone;
}

function roleOf(person) {
  const group = chatsOf(person.id).find((chat) => chat.title);
  const roles = { 7100000005: "管理员 Admin" };
  return (roles[person.id] || (group ? "师傅 Technician" : "客户 Customer")) + " · " + (person.language_code || "");
}

function draw(phone) {
  const { el, drawn } = phone;
  const chats = chatsOf(phone.id);
  if (!chats.some((chat) => chat.id === phone.chat)) phone.chat = (chats[0] || {}).id;
  const chat = world.chats.get(phone.chat);
  if (!chat) return;
  phone.root.dataset.chat = chat.id;
  if (phone.root.classList.contains("shown") || innerWidth > 760) phone.unread.delete(chat.id);
  el.tabs.replaceChildren(...chats.map((each) => h("button", { class: "tab", role: "tab", type: "button", "data-testid": "tab", "data-chat": each.id, "aria-selected": String(each.id === chat.id), onclick: () => { phone.chat = each.id; context(phone, null); draw(phone); } },
    each.title || world.bot.first_name, h("span", { class: "badge", "data-testid": "unread" }, String(phone.unread.get(each.id) || "")))));
  const pinned = chat.pinned && chat.messages.get(chat.pinned);
  el.pin.hidden = !pinned;
  if (pinned) { el.pin.textContent = "置顶 Pinned · " + summary(pinned.body); el.pin.onclick = () => jump(phone, chat.pinned); }
  if (drawn.chat !== chat.id || drawn.stamp !== chat.stamp) drawLog(phone, chat);
  drawFoot(phone, chat);
}

/** Redraws only what changed, so that nothing jumps and half-read text stays where it is. */
function drawLog(phone, chat) {
  const { el, drawn } = phone;
  const fresh = drawn.chat !== chat.id;
  const atEnd = fresh || el.log.scrollHeight - el.log.scrollTop - el.log.clientHeight < 60;
  if (fresh) { drawn.nodes = new Map(); el.log.replaceChildren(); }
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
    if (old && old.node !== node) old.node.replaceWith(node);
    else if (!old) { if (before) before.after(node); else el.log.prepend(node); }
    nodes.set(key, { node, text });
    before = node;
  }
  for (const [key, old] of drawn.nodes) if (!nodes.has(key)) old.node.remove();
  const empty = el.log.querySelector(".empty");
  if (empty) empty.remove();
  if (!groups.length) el.log.append(h("div", { class: "empty" }, h("b", {}, world.bot.first_name), world.about || "还没有消息 No messages yet"));
  Object.assign(drawn, { chat: chat.id, stamp: chat.stamp, nodes });
  if (atEnd) el.log.scrollTop = el.log.scrollHeight;
}

function drawFoot(phone, chat) {
  const { el, drawn } = phone;
  const gate = !chat.title && (chat.blocked || !chat.started);
  el.gate.hidden = !gate;
  el.bar.hidden = gate;
  el.gate.textContent = chat.blocked ? "重新启用 Restart bot" : "开始 START";
  el.gate.onclick = () => act("start", phone.id, chat.id);
  const keyboard = gate ? null : chat.keyboard;
  const text = JSON.stringify([chat.id, keyboard]);
  if (drawn.keys === text) return;
  drawn.keys = text;
  const atEnd = el.log.scrollHeight - el.log.scrollTop - el.log.clientHeight < 60;
  const rows = keyboard ? keyboard.keyboard : [];
  el.keys.hidden = !rows.length;
  el.keys.replaceChildren(...rows.map((row) => h("div", { class: "row" }, row.map((key) => {
    const label = key.text || key;
    return h("button", { type: "button", "data-testid": "reply-button", onclick: () => {
      if (key.request_contact) return contact(phone);
      if (key.request_location) return place(phone);
      if (keyboard.one_time_keyboard) el.keys.hidden = true;
      return say(phone, label);
    } }, label);
  }))));
  el.input.placeholder = (keyboard && keyboard.input_field_placeholder) || "消息 Message";
  if (atEnd) el.log.scrollTop = el.log.scrollHeight;
}

function say(phone, text) {
  const reply = phone.context && phone.context.kind === "reply" ? phone.context.body.message_id : undefined;
  context(phone, null);
  phone.el.log.scrollTop = phone.el.log.scrollHeight;
  return act("say", phone.id, phone.chat, { text, reply_to: reply });
}

function send(phone) {
  const text = phone.el.input.value.trim();
  if (!text) return;
  phone.el.input.value = "";
  grow(phone.el.input);
  if (phone.context && phone.context.kind === "edit") {
    act("edit", phone.id, phone.chat, { message: phone.context.body.message_id, text });
    context(phone, null);
  } else say(phone, text);
}

function grow(input) { input.style.height = "37px"; input.style.height = Math.min(110, input.scrollHeight + 2) + "px"; }

function context(phone, what) {
  const box = phone.el.context;
  if (phone.context && phone.context.kind === "edit" && !what) { phone.el.input.value = ""; grow(phone.el.input); }
  phone.context = what;
  box.hidden = !what;
  if (!what) return;
  box.replaceChildren(h("span", {}, (what.kind === "edit" ? "编辑 Edit: " : "回复 Reply: ") + summary(what.body)), h("button", { type: "button", "aria-label": "取消 Cancel", onclick: () => context(phone, null) }, "✕"));
  if (what.kind === "edit") phone.el.input.value = what.body.text || what.body.caption || "";
  phone.el.input.focus();
}

function jump(phone, id) {
  const node = phone.el.log.querySelector(`[data-message="${id}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1200);
}

/** Opens the private chat with the bot and presses START with this payload. */
function open(phone, payload) {
  phone.chat = phone.id;
  draw(phone);
  return act("start", phone.id, phone.id, payload ? { payload } : {});
}

async function press(phone, body, key, button) {
  if (key.url) {
    if (!phone.on.link(key.url)) window.open(key.url, "_blank", "noreferrer");
    return;
  }
  if (!key.callback_data) return;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 8000);
  const query = await act("press", phone.id, body.chat.id, { message: body.message_id, data: key.callback_data });
  phone.queries.set(query, button);
}

function answered({ query, user, answer }) {
  const phone = phones.get(user);
  if (!phone) return;
  // The answer may be quicker than the press's own reply, so all waiting buttons are let go.
  for (const button of phone.root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  phone.queries.delete(query);
  const payload = startPayload(answer.url, world.username);
  if (payload !== null) return void open(phone, payload);
  if (!answer.text) return;
  if (answer.show_alert) {
    const box = h("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "data-testid": "alert" }, h("div", {}, answer.text, h("button", { class: "big", type: "button", onclick: () => box.remove() }, "好 OK")));
    phone.root.append(box);
    box.querySelector("button").focus();
  } else {
    const box = h("div", { class: "toast", role: "status", "data-testid": "toast" }, answer.text);
    for (const old of phone.root.querySelectorAll(".toast")) old.remove();
    phone.root.append(box);
    setTimeout(() => box.remove(), 3500);
  }
}

function sheet(phone, items, up) {
  const old = phone.root.querySelector(".sheet");
  if (old) { old.remove(); return; }
  const box = h("div", { class: "sheet" + (up ? " up" : ""), role: "menu", "data-testid": "sheet" }, items.map(([label, note, go]) => h("button", { type: "button", role: "menuitem", onclick: () => { box.remove(); go(); } }, label, h("span", {}, note))));
  phone.root.append(box);
  if (!up) box.style.bottom = phone.el.bar.parentElement.offsetHeight + 6 + "px";
  setTimeout(() => document.addEventListener("click", () => box.remove(), { once: true }));
}

function menu(phone) {
  const chat = world.chats.get(phone.chat);
  const list = (chat.menus && chat.menus[phone.id]) || [];
  const items = list.map((entry) => ["/" + entry.command, entry.description, () => { phone.el.input.value = ""; say(phone, "/" + entry.command + (chat.title ? "@" + world.username : "")); }]);
  sheet(phone, items.length ? items : [["—", "没有命令 No commands", () => {}]]);
}

function more(phone) {
  const chat = world.chats.get(phone.id);
  sheet(phone, [
    chat.blocked ? ["解除屏蔽", "Unblock", () => act("unblock", phone.id, phone.id)] : ["屏蔽机器人", "Block the bot", () => act("block", phone.id, phone.id)],
    ["重新开始", "/start", () => open(phone, "")],
  ], true);
}

function attachments(phone) {
  const choose = (accept, kind) => () => {
    const input = h("input", { type: "file", accept });
    input.addEventListener("change", () => { for (const file of input.files) upload(phone, kind, file); });
    input.click();
  };
  sheet(phone, [
    ["照片", "Made photo", async () => upload(phone, "photo", await picture(1))],
    ["相册（3 张）", "Album of 3", async () => { const album = await act("album_id", phone.id, phone.chat); for (let i = 1; i <= 3; i++) await upload(phone, "photo", await picture(i), album); }],
    ["视频", "Made video", () => upload(phone, "video", new File(["video"], "video.mp4", { type: "video/mp4" }))],
    ["语音", "Made voice", () => upload(phone, "voice", new File(["voice"], "voice.ogg", { type: "audio/ogg" }))],
    ["选择图片…", "Choose a picture", choose("image/png,image/jpeg", "photo")],
    ["选择文件…", "Choose a file", choose("", "document")],
    ["联系人", "Contact", () => contact(phone)],
    ["位置", "Location", () => place(phone)],
  ]);
}

/** The words in the input become the caption of the first file. */
function upload(phone, kind, file, album) {
  const form = new FormData();
  const caption = phone.el.input.value.trim();
  phone.el.input.value = "";
  grow(phone.el.input);
  for (const [key, value] of Object.entries({ user: phone.id, chat: phone.chat, kind, caption, album: album || "" })) form.append(key, value);
  form.append("file", file, file.name);
  return post("/sandbox/upload", form);
}

/** A made picture: an appliance with a fault code on its display. */
function picture(n) {
  const canvas = h("canvas", { width: 480, height: 360 });
  const pen = canvas.getContext("2d");
  const paint = (colour, ...box) => { pen.fillStyle = colour; pen.beginPath(); pen.roundRect(...box, 14); pen.fill(); };
  paint(["#cfd8dc", "#d7ccc8", "#c5cae9"][n % 3], -20, -20, 520, 400);
  paint("#fafafa", 100, 30, 280, 300);
  paint("#263238", 130, 55, 220, 70);
  pen.fillStyle = "#ff7043";
  pen.font = "700 44px monospace";
  pen.fillText("E" + (Math.floor(Math.random() * 90) + 10), 150, 106);
  pen.strokeStyle = "#90a4ae";
  pen.lineWidth = 16;
  pen.beginPath();
  pen.arc(240, 230, 70, 0, 7);
  pen.stroke();
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], `photo-${n}.png`, { type: "image/png" })), "image/png"));
}

function ask(title, ...content) {
  const dialog = document.getElementById("dialog");
  dialog.replaceChildren(h("h2", {}, title), ...content, h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, "取消 Cancel"));
  dialog.showModal();
  return dialog;
}

function contact(phone) {
  const own = phone.person.phone || "+8613800000000";
  const other = h("input", { id: "other", type: "tel", placeholder: "+86139…", "data-testid": "other-phone" });
  const share = (number, mine) => () => { if (number()) { act("contact", phone.id, phone.chat, { phone: number(), own: mine }); document.getElementById("dialog").close(); } };
  ask("分享号码 Share a number",
    h("button", { class: "big", type: "button", "data-testid": "own-phone", onclick: share(() => own, true) }, `本人号码 My number ${own}`),
    h("label", { for: "other" }, "或另一个号码 or another number"), other,
    h("button", { class: "plain", type: "button", "data-testid": "share-other", onclick: share(() => other.value.trim(), false) }, "分享此联系人 Share this contact"));
}

function place(phone) {
  const number = (id, value) => h("input", { id, type: "number", step: "any", value, "aria-label": id });
  const [lat, lng] = [number("lat", PLACES[0][1]), number("lng", PLACES[0][2])];
  const list = h("select", { id: "places", "data-testid": "places" }, PLACES.map(([name], i) => h("option", { value: i }, name)));
  list.addEventListener("change", () => { lat.value = PLACES[list.value][1]; lng.value = PLACES[list.value][2]; });
  ask("分享位置 Share a location", h("label", { for: "places" }, "地点 Place"), list, h("label", {}, "纬度、经度 Latitude, longitude"), h("div", { class: "two" }, lat, lng),
    h("button", { class: "big", type: "button", "data-testid": "share-location", onclick: () => { act("location", phone.id, phone.chat, { lat: Number(lat.value), lng: Number(lng.value) }); document.getElementById("dialog").close(); } }, "分享 Share"));
}

function show(id) {
  shown = id;
  for (const phone of phones.values()) phone.root.classList.toggle("shown", phone.id === id);
  const phone = phones.get(id);
  if (phone && world.chats.size) { draw(phone); phone.el.log.scrollTop = phone.el.log.scrollHeight; }
  drawSwitch();
}

function drawSwitch() {
  const people = [...phones.values()].sort((a, b) => a.root.style.order - b.root.style.order);
  document.getElementById("switch").replaceChildren(...people.map((phone) => {
    const unread = [...phone.unread.values()].reduce((a, b) => a + b, 0);
    return h("button", { type: "button", "data-testid": "person", "data-person": phone.id, "aria-pressed": String(phone.id === shown), onclick: () => show(phone.id) }, phone.person.first_name, h("span", { class: "badge" }, String(unread || "")));
  }));
}

// A link such as /#7100000003 opens the page with that person.
const wanted = Number(location.hash.slice(1));
if (wanted) shown = wanted;
listen().catch(() => {});
if (wanted) { const wait = setInterval(() => { if (phones.has(wanted)) { clearInterval(wait); show(wanted); } }, 50); }
