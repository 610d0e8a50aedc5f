// Small things that every other file uses: making elements, writing sizes and times.

/** Makes an element: h("div", {class: "x", onclick: f}, child, "text"). */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Words that can be pressed like a button, by keyboard too. */
export function pressable(attributes, go, ...children) {
  const keydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(event); } };
  return h("span", { role: "button", tabindex: "0", onclick: go, onkeydown: keydown, ...attributes }, ...children);
}

const COLOURS = ["#c0443d", "#a9621a", "#7d55bd", "#2f8240", "#217a98", "#b0477b", "#3d6ab8"];
export const colourOf = (id) => COLOURS[Math.abs(id) % COLOURS.length];

// The clock of the town that the demo plays in, so that bubbles and tickets tell the same time.
const DAY = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" };
/** Time of day in 24 hours, in the reader's own zone. */
export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("en-GB", DAY);

/** 65 → "1:05". */
export const length = (seconds) => `${Math.floor((seconds || 0) / 60)}:${String(Math.round(seconds || 0) % 60).padStart(2, "0")}`;

export const size = (bytes) => (bytes > 1048576 ? (bytes / 1048576).toFixed(1) + " MB" : Math.max(1, Math.round((bytes || 0) / 1024)) + " KB");

/** True where one phone fills the page. */
export const narrow = () => innerWidth <= 760;
