// What a person at the window can see and reach. The body of a function: `arguments` are a name and its arguments.
const flat = (text) => (text || "").replace(/\s+/g, " ").trim();

/** The part of the window through which an element shows: what clips it, clipped by the window. */
function hole(element) {
  const out = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
    if (getComputedStyle(up).overflow === "visible") continue;
    const box = up.getBoundingClientRect();
    out.left = Math.max(out.left, box.left); out.right = Math.min(out.right, box.right);
    out.top = Math.max(out.top, box.top); out.bottom = Math.min(out.bottom, box.bottom);
  }
  return out;
}

/** Displayed, in the window (once scrolled to, unless told not to), large enough, and with nothing before it. */
function seen(element, scrolled = true) {
  if (!element || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  if (scrolled) element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const box = element.getBoundingClientRect();
  const frame = hole(element);
  const left = Math.max(box.left, frame.left), right = Math.min(box.right, frame.right);
  const top = Math.max(box.top, frame.top), bottom = Math.min(box.bottom, frame.bottom);
  const wide = Math.min(box.width, frame.right - frame.left), high = Math.min(box.height, frame.bottom - frame.top);
  if (wide < 8 || high < 8 || right - left < wide - 2 || bottom - top < high - 2) return false;
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return Boolean(hit) && element.contains(hit);
}

const phone = (person) => document.querySelector(`[data-testid=phone][data-person="${person}"]`);
const last = (list, fits) => [...list].reverse().find(fits) || null;

const acts = {
  /** An element by selector and words, within another one, if a person can see it. */
  see: (selector, words, person) => last((person ? phone(person) : document).querySelectorAll(selector), (each) => flat(each.innerText).includes(words) && seen(each)),

  /** As `see`, where nobody scrolls. */
  stand: (selector, words, person) => last(phone(person).querySelectorAll(selector), (each) => flat(each.innerText).includes(words) && seen(each, false)),

  /** What the newest message says, once the chat is scrolled to its end. */
  newest: (person) => {
    const log = phone(person).querySelector("[data-testid=log]");
    log.scrollTop = log.scrollHeight;
    const all = log.querySelectorAll("[data-testid=message] [data-testid=text]");
    return all.length ? flat(all[all.length - 1].innerText) : "";
  },

  /** The newest button of a message or of the keyboard that begins so. */
  key: (person, label) => last(phone(person).querySelectorAll("[data-testid=inline-button], [data-testid=reply-button]"), (each) => flat(each.innerText).startsWith(label) && seen(each)),

  /** A message of the bot's, below `after` or changed since. */
  message: (person, bot, words, after, was) => {
    const all = phone(person).querySelectorAll(`[data-testid=message][data-from="${bot}"]`);
    const text = (each) => flat((each.querySelector("[data-testid=text]") || each).innerText);
    const right = (each) => { const id = Number(each.dataset.message); return (id > after || (id === after && text(each) !== was)) && text(each).includes(words); };
    const found = [...all].find(right);
    return found && seen(found.querySelector(".bubble")) ? [Number(found.dataset.message), text(found)] : null;
  },

  /** The chat that is open, by its title. */
  open: (person, title) => {
    const tab = phone(person).querySelector("[data-testid=tab][aria-selected=true]");
    return tab && seen(tab) && flat(tab.innerText).startsWith(title) ? Number(tab.dataset.chat) : null;
  },

  /** What is untidy in the window as it is. */
  untidy: () => {
    const wrong = [];
    const say = (element, what) => wrong.push(`${what}: ${element.dataset.testid || element.className || element.tagName} “${flat(element.innerText).slice(0, 40)}”`);
    if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);
    for (const each of document.querySelectorAll("button, select, .bubble, .toast, .fault p, .fault span")) {
      if (!each.checkVisibility({ visibilityProperty: true })) continue;
      const box = each.getBoundingClientRect();
      const frame = each.closest(".phone, .backstage, dialog, body").getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1) say(each, "sticks out");
      if (each.tagName === "BUTTON" && !each.matches(".tab, .pin, .quote, .call .line, .switch button") && each.scrollWidth > each.clientWidth + 1) say(each, "is cut");
    }
    return wrong;
  },
};
const [name, ...rest] = arguments;
return acts[name](...rest);
