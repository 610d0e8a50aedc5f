// The page: a phone for everyone, side by side or one at a time.
import { h, narrow } from "./dom.js";
import { answered } from "./actions.js";
import { drawBackstage, makeBackstage } from "./backstage.js";
import { drawClock, makeClock } from "./clock.js";
import { drawGroup } from "./groups.js";
import { drawHint } from "./hint.js";
import { draw, makePhone, visible } from "./phone.js";
import { groupOf, link, listen, phones, world } from "./world.js";

const ORDER = [7100000001, 7100000002, 7100000003, 7100000004, 7100000005];
const place = (id) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
const bySeat = () => [...phones.values()].sort((a, b) => place(a.id) - place(b.id) || a.id - b.id);

// What was open survives a reload; a link such as /#7100000003 opens the page with that person.
const kept = JSON.parse(sessionStorage.getItem("baoxiu") || "{}");
let shown = Number(location.hash.slice(1)) || kept.shown || null;
const keep = () => sessionStorage.setItem("baoxiu", JSON.stringify({ shown, chats: Object.fromEntries([...phones].map(([id, phone]) => [id, phone.chat])) }));

function changed(news, first, fresh) {
  for (const person of world.people.values()) if (!phones.has(person.id)) seat(person);
  if (first && link.payload !== null) shown = (bySeat().find((phone) => phone.person.admin) || {}).id;
  if (!phones.has(shown)) shown = bySeat()[0].id;
  for (const phone of phones.values()) phone.root.classList.toggle("shown", phone.id === shown);
  if (!first) fresh.forEach(countUnread);
  for (const phone of phones.values()) draw(phone);
  if (!first) news.toasts.forEach(answered);
  drawSwitch();
  drawHint(document.getElementById("hint"));
  drawBackstage();
  drawClock();
  drawGroup();
}

function seat(person) {
  // A link to the bot opens the chat with it, whatever was open before.
  const phone = makePhone(person, link.payload === null ? (kept.chats || {})[person.id] : person.id);
  phone.turned = () => { keep(); drawSwitch(); };
  phone.linked = () => linkUsed(phone.id);
  phones.set(person.id, phone);
  document.getElementById("phones").replaceChildren(...bySeat().map((each) => each.root));
}

/** Somebody followed the link: the others have nothing to start, and look at their group again. */
function linkUsed(person) {
  link.used(person);
  for (const each of phones.values()) {
    const group = groupOf(each.id);
    if (each.id !== person && group && !world.chats.get(each.id).started) each.turn(group.id);
    else draw(each);
  }
  drawHint(document.getElementById("hint"));
}

function countUnread(body) {
  const chat = world.chats.get(body.chat.id);
  for (const phone of phones.values()) {
    if (body.from.id === phone.id || !chat.people.includes(phone.id)) continue;
    if (phone.chat !== chat.id || !visible(phone)) phone.unread.set(chat.id, (phone.unread.get(chat.id) || 0) + 1);
    else if (!phone.atEnd) phone.missed += 1;
  }
}

function show(id) {
  shown = id;
  for (const phone of phones.values()) phone.root.classList.toggle("shown", phone.id === id);
  const phone = phones.get(id);
  if (!narrow()) phone.root.scrollIntoView({ inline: "center", block: "nearest" });
  draw(phone);
  if (phone.atEnd) phone.el.log.scrollTop = phone.el.log.scrollHeight;
  keep();
  drawSwitch();
}

let drawn = "";

function drawSwitch() {
  const bar = document.getElementById("switch");
  const list = bySeat().map((phone) => [phone.id, phone.person.first_name, [...phone.unread.values()].reduce((a, b) => a + b, 0), phone.id === shown]);
  if (drawn === JSON.stringify(list)) return;
  drawn = JSON.stringify(list);
  const focused = bar.contains(document.activeElement);
  bar.replaceChildren(...list.map(([id, name, unread, pressed]) =>
    h("button", { type: "button", "data-testid": "person", "data-person": id, "aria-pressed": String(pressed), onclick: () => show(id) },
      name, h("span", { class: "badge", "aria-label": unread && `${unread} 条未读 unread` }, String(unread || "")))));
  if (focused) bar.querySelector("[aria-pressed=true]").focus();
}

// Turning the device or moving the row of phones brings others into view: what they show is read then.
const look = () => { for (const phone of phones.values()) draw(phone); drawSwitch(); };
makeBackstage(look);
makeClock();
addEventListener("resize", look);
document.getElementById("phones").addEventListener("scrollend", look);
listen(changed);
