// How messages look: pure functions from the Bot API's JSON to elements.
"use strict";

/** Makes an element: h("div", {class: "x", onclick: f}, child, "text"). */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const COLOURS = ["#d0564f", "#c77a2d", "#8a63c9", "#3f9a4d", "#2f8fae", "#c2558c", "#4a77c4"];
const colourOf = (id) => COLOURS[Math.abs(id) % COLOURS.length];
const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

/** `https://t.me/<bot>?start=x` → "x"; null for any other address. */
function startPayload(url, username) {
  const match = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/([A-Za-z0-9_]+)\/?\?start=([A-Za-z0-9_-]*)/i.exec(url || "");
  return match && match[1].toLowerCase() === username.toLowerCase() ? match[2] : null;
}

const PHONE = /(\+?\d[\d -]{6,}\d|\d{3,4}-\d{7,8})/g;

/** Phone numbers in plain text become links, as in the apps. */
function plainText(text) {
  return text.split(PHONE).map((part, i) => {
    const digits = part.replace(/\D/g, "");
    if (i % 2 === 0 || digits.length < 7 || digits.length > 15 || /^\d{4}-\d\d?-\d\d?/.test(part)) return part;
    return h("a", { href: "tel:" + part.replace(/[ -]/g, "") }, part);
  });
}

/** Text with entities. Entities nest and their offsets count UTF-16 units, as strings do here. */
function rich(text, entities, on) {
  const build = (from, to, list) => {
    const out = [];
    let at = from;
    for (let i = 0; i < list.length; i++) {
      const entity = list[i];
      if (entity.offset < at) continue;
      const end = Math.min(to, entity.offset + entity.length);
      const inside = list.slice(i + 1).filter((e) => e.offset >= entity.offset && e.offset + e.length <= end);
      if (entity.offset > at) out.push(...plainText(text.slice(at, entity.offset)));
      out.push(wrap(entity, text.slice(entity.offset, end), () => build(entity.offset, end, inside), on));
      at = end;
    }
    if (at < to) out.push(...plainText(text.slice(at, to)));
    return out;
  };
  return build(0, text.length, entities || []);
}

function wrap(entity, text, inside, on) {
  const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", blockquote: "blockquote", expandable_blockquote: "blockquote" };
  switch (entity.type) {
    case "code": return h("code", {}, text);
    case "pre": return h("pre", {}, text);
    case "spoiler": {
      const span = h("span", { class: "spoiler", tabindex: "0" }, inside());
      span.addEventListener("click", () => span.classList.add("open"));
      return span;
    }
    case "url": return link(text, [text], on);
    case "text_link": return link(entity.url, inside(), on);
    case "bot_command": return h("span", { class: "link", role: "button", tabindex: "0", onclick: () => on.command(text) }, text);
    case "mention": return h("span", { class: "link" }, text);
    default: return tags[entity.type] ? h(tags[entity.type], {}, inside()) : h("span", {}, inside());
  }
}

function link(url, children, on) {
  return h("a", { href: url, target: "_blank", rel: "noreferrer", onclick: (event) => { if (on.link(url)) event.preventDefault(); } }, children);
}

/** One line about a message, for quotes and the pinned bar. */
function summary(body) {
  const kinds = { photo: "照片 Photo", video: "视频 Video", voice: "语音 Voice", audio: "音频 Audio", document: "文件 File", sticker: "贴纸 Sticker", contact: "联系人 Contact", location: "位置 Location", poll: "投票 Poll" };
  const kind = Object.keys(kinds).find((key) => body[key]);
  return [kind && kinds[kind], body.text || body.caption].filter(Boolean).join(" · ").replace(/\s+/g, " ");
}

function serviceText(body) {
  const name = (user) => user.first_name;
  if (body.new_chat_members) return `${body.new_chat_members.map(name).join("、")} 加入了群 joined`;
  if (body.left_chat_member) return `${name(body.left_chat_member)} 离开了群 left`;
  if (body.migrate_to_chat_id || body.migrate_from_chat_id) return "群已升级 Upgraded to a supergroup";
  return null;
}

const fileUrl = (id) => "/sandbox/file/" + encodeURIComponent(id);
const attach = (sign, title, note, extra) => h("div", { class: "attach" }, h("i", { "aria-hidden": "true" }, sign), h("div", {}, title, h("small", {}, note), extra));

function photo(sizes) {
  const best = sizes[sizes.length - 1];
  return h("img", { class: "photo", src: fileUrl(best.file_id), width: best.width, height: best.height, alt: "照片 Photo" });
}

function mediaOf(body) {
  if (body.photo) return photo(body.photo);
  if (body.video) return attach("▶", "视频 Video", `0:0${body.video.duration} · ${size(body.video.file_size)}`);
  if (body.voice) return attach("♪", "语音消息 Voice", `0:0${body.voice.duration}`, null);
  if (body.audio) return attach("♪", body.audio.file_name || "音频 Audio", size(body.audio.file_size));
  if (body.document) return attach("↓", h("a", { href: fileUrl(body.document.file_id), download: body.document.file_name || "file" }, body.document.file_name || "文件 File"), size(body.document.file_size));
  if (body.sticker) return h("div", { class: "sticker" }, body.sticker.emoji || "🔧");
  if (body.contact) return attach("人", body.contact.first_name, "", h("a", { href: "tel:" + body.contact.phone_number }, body.contact.phone_number));
  if (body.location) return attach("◎", "位置 Location", `${body.location.latitude.toFixed(5)}, ${body.location.longitude.toFixed(5)}`);
  if (body.poll) return attach("?", body.poll.question, body.poll.options.map((o) => o.text).join(" / "));
  return null;
}

const size = (bytes) => (bytes > 1048576 ? (bytes / 1048576).toFixed(1) + " MB" : Math.max(1, Math.round((bytes || 0) / 1024)) + " KB");

/** A message, or an album of several. `me` is the person who looks. */
function messageElement(group, me, inGroup, on) {
  const { body, reaction } = group[0];
  const service = serviceText(body);
  if (service) return h("div", { class: "service", "data-testid": "service", "data-message": body.message_id }, service);
  const mine = body.from.id === me;
  const captioned = group.map((entry) => entry.body).find((b) => b.caption) || body;
  const words = body.text !== undefined ? rich(body.text, body.entities, on) : captioned.caption ? rich(captioned.caption, captioned.caption_entities, on) : [];
  const rows = (body.reply_markup && body.reply_markup.inline_keyboard) || [];
  const marks = [body.has_protected_content && "禁止转发 protected", body.edit_date && "已编辑 edited", clock(body.date)].filter(Boolean).join(" · ");
  const quoted = body.reply_to_message;
  const media = group.length > 1 ? h("div", { class: "album" }, group.map((entry) => mediaOf(entry.body))) : mediaOf(body);
  return h("article", { class: "msg" + (mine ? " mine" : "") + (rows.length ? " keys" : ""), "data-testid": "message", "data-message": body.message_id, "data-from": body.from.id },
    h("div", { class: "bubble" },
      inGroup && !mine && h("div", { class: "name" }, nameTag(body.from)),
      body.forward_origin && h("small", {}, "转发 Forwarded"),
      quoted && h("button", { class: "quote", type: "button", onclick: () => on.jump(quoted.message_id) }, h("b", {}, quoted.from.first_name), h("span", {}, summary(quoted))),
      media,
      words.length > 0 && h("span", { class: "words", "data-testid": "text" }, words),
      h("span", { class: "meta" }, marks),
      reaction && h("div", {}, h("span", { class: "react" }, reaction.emoji)),
      h("div", { class: "tools" },
        h("button", { type: "button", "data-testid": "reply", onclick: () => on.reply(body) }, "回复 Reply"),
        mine && (body.text || body.caption) && h("button", { type: "button", "data-testid": "edit", onclick: () => on.edit(body) }, "编辑 Edit"))),
    rows.length > 0 && h("div", { class: "rows" }, rows.map((row) => h("div", { class: "row" }, row.map((key) =>
      h("button", { class: "ikey" + (key.url ? " url" : ""), type: "button", "data-testid": "inline-button", "data-data": key.callback_data, onclick: (event) => on.press(body, key, event.currentTarget) }, key.text))))));
}

function nameTag(user) {
  const tag = h("span", {}, user.first_name + (user.is_bot ? " · bot" : ""));
  tag.style.color = colourOf(user.id);
  return tag;
}
