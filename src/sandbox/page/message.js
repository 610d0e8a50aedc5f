// A message as a bubble, with its buttons under it.
import { clock, colourOf, h } from "./dom.js";
import { mediaOf, summary } from "./media.js";
import { rich } from "./text.js";

function serviceText(body) {
  const name = (user) => user.first_name;
  const own = (user) => user.id === body.from.id;
  const joined = body.new_chat_members;
  const left = body.left_chat_member;
  if (joined && joined.every(own)) return `${joined.map(name).join("、")} 加入了群 joined`;
  if (joined) return `${name(body.from)} 邀请 ${joined.map(name).join("、")} 入群 added`;
  if (left && own(left)) return `${name(left)} 退出了群 left`;
  if (left) return `${name(body.from)} 将 ${name(left)} 移出群 removed`;
  if (body.migrate_to_chat_id || body.migrate_from_chat_id) return "群已升级 Upgraded to a supergroup";
  return null;
}

/** A message, or an album of several. `me` is the person who looks. */
export function messageElement(group, me, inGroup, on) {
  const { body, reaction } = group[0];
  const service = serviceText(body);
  if (service) return h("div", { class: "service", "data-testid": "service", "data-message": body.message_id }, service);
  const mine = body.from.id === me;
  const bodies = group.map((entry) => entry.body);
  const told = bodies.find((each) => each.text || each.caption) || body;
  const words = rich(told.text || told.caption || "", told.entities || told.caption_entities, on);
  const rows = (body.reply_markup && body.reply_markup.inline_keyboard) || [];
  const guarded = body.has_protected_content;
  const lock = guarded && h("span", { role: "img", "aria-label": "禁止转发 Protected", title: "禁止转发 Protected" }, "🔒 ");
  const marks = [lock, body.edit_date && "已编辑 edited · ", clock(body.date)];
  const bubble = h("div", { class: "bubble" },
    inGroup && !mine && nameTag(body.from),
    body.forward_origin && h("small", {}, "转发 Forwarded"),
    quoteOf(body, on),
    mediaOf(bodies),
    words.length > 0 && h("span", { class: "words", "data-testid": "text" }, words),
    h("span", { class: "meta" }, marks),
    reaction && h("div", {}, h("span", { class: "react" }, reaction.emoji)));
  const more = h("button", { class: "act", type: "button", "data-testid": "message-menu", "aria-label": "消息操作 Message actions", "aria-haspopup": "menu", onclick: () => on.menu(told, bubble, more) }, "⋯");
  reachable(bubble, () => on.menu(told, bubble, more));
  const look = ["msg", mine && "mine", rows.length && "keys", guarded && "guarded"].filter(Boolean).join(" ");
  return h("article", { class: look, "data-testid": "message", "data-message": body.message_id, "data-from": body.from.id },
    h("div", { class: "line" }, bubble, more),
    rows.length > 0 && h("div", { class: "rows" }, rows.map((row) => h("div", { class: "row" }, row.map((key) => inlineKey(body, key, on))))));
}

/** Reply and edit must not need a mouse: a tap or a long press opens them, and so does the right button. */
function reachable(bubble, open) {
  const own = (event) => event.target.closest("a, button, [role=button], video, audio") || String(getSelection());
  bubble.addEventListener("contextmenu", (event) => { if (!own(event)) { event.preventDefault(); open(); } });
  const touch = (event) => event.pointerType === "touch" || (event.pointerType === undefined && matchMedia("(hover: none)").matches);
  bubble.addEventListener("click", (event) => { if (touch(event) && !own(event)) open(); });
}

function quoteOf(body, on) {
  const quoted = body.reply_to_message;
  return quoted && h("button", { class: "quote", type: "button", onclick: () => on.jump(quoted.message_id) }, h("b", {}, quoted.from.first_name), h("span", {}, summary(quoted)));
}

function inlineKey(body, key, on) {
  return h("button", { class: "ikey" + (key.url ? " url" : ""), type: "button", "data-testid": "inline-button", "data-data": key.callback_data, onclick: (event) => on.press(body, key, event.currentTarget) }, key.text);
}

function nameTag(user) {
  const tag = h("div", { class: "name" }, user.first_name + (user.is_bot ? " · bot" : ""));
  tag.style.setProperty("--hue", colourOf(user.id));
  return tag;
}
