// Text with entities, as elements.
import { h, pressable } from "./dom.js";

/** `https://t.me/<bot>?start=x` → "x"; null for any other address. */
export function startPayload(url, username) {
  const match = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/([A-Za-z0-9_]+)\/?\?start=([A-Za-z0-9_-]*)/i.exec(url || "");
  return match && match[1].toLowerCase() === username.toLowerCase() ? match[2] : null;
}

/** `https://t.me/<bot>?startgroup=x&admin=…` → `{payload, admin}`; null for any other address. */
export function groupLink(url, username) {
  const match = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/([A-Za-z0-9_]+)\/?\?(startgroup.*)$/i.exec(url || "");
  if (!match || match[1].toLowerCase() !== username.toLowerCase()) return null;
  const query = new URLSearchParams(match[2]);
  return { payload: query.get("startgroup"), admin: query.has("admin") };
}

const PHONE = /(\+?\d[\d -]{6,}\d|\d{3,4}-\d{7,8})/g;

const ADDRESS = /(https?:\/\/[^\s<>"，。）]+)/g;

/** Addresses and phone numbers in plain text become links, as in the apps. */
function plainText(text, on) {
  return text.split(ADDRESS).flatMap((part, i) => (i % 2 ? [link(part, [part], on)] : phones(part)));
}

function phones(text) {
  return text.split(PHONE).map((part, i) => {
    const digits = part.replace(/\D/g, "");
    if (i % 2 === 0 || digits.length < 7 || digits.length > 15 || /^\d{4}-\d\d?-\d\d?/.test(part)) return part;
    return h("a", { href: "tel:" + part.replace(/[ -]/g, "") }, part);
  });
}

/** Entities nest, and their offsets count UTF-16 units, as strings do here. */
export function rich(text, entities, on) {
  const build = (from, to, list) => {
    const out = [];
    let at = from;
    for (let i = 0; i < list.length; i++) {
      const entity = list[i];
      if (entity.offset < at) continue;
      const end = Math.min(to, entity.offset + entity.length);
      const inside = list.slice(i + 1).filter((e) => e.offset >= entity.offset && e.offset + e.length <= end);
      if (entity.offset > at) out.push(...plainText(text.slice(at, entity.offset), on));
      out.push(wrap(entity, text.slice(entity.offset, end), () => build(entity.offset, end, inside), on));
      at = end;
    }
    if (at < to) out.push(...plainText(text.slice(at, to), on));
    return out;
  };
  return build(0, text.length, entities || []);
}

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", blockquote: "blockquote", expandable_blockquote: "blockquote" };

function wrap(entity, text, inside, on) {
  switch (entity.type) {
    case "code": return h("code", {}, text);
    case "pre": return h("pre", {}, text);
    case "spoiler": return pressable({ class: "spoiler", "aria-label": "隐藏的文字 Hidden text" }, (event) => {
      event.currentTarget.classList.add("open");
      event.currentTarget.removeAttribute("aria-label");
    }, inside());
    case "url": return link(text, [text], on);
    case "text_link": return link(entity.url, inside(), on);
    case "bot_command": return pressable({ class: "link" }, () => on.command(text), text);
    case "mention": return h("span", { class: "link" }, text);
    default: return h(TAGS[entity.type] || "span", {}, inside());
  }
}

function link(url, children, on) {
  const href = /^(https?|tg|tel|mailto):/i.test(url) ? url : "https://" + url;
  return h("a", { href, target: "_blank", rel: "noreferrer", onclick: (event) => { if (on.link(url)) event.preventDefault(); } }, children);
}
