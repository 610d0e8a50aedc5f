// The clock of the demo: what time the bot believes it is, and buttons to turn it forward.
import { h } from "./dom.js";
import { act, world } from "./world.js";

/** Label, words, steps, minutes of each: in steps, so that what happens on the way can be seen happening. */
const TURNS = [
  ["+5 分", "快进 5 分钟 · Five minutes on", 1, 5],
  ["+30 分", "快进 30 分钟 · Thirty minutes on", 6, 5],
  ["+1 天", "快进一天 · A day on", 12, 120],
];
/** The bot looks for what is due once a second. */
const PAUSE = 1100;
// As the bot writes times, wherever the browser is.
const FACE = new Intl.DateTimeFormat("zh-CN", { month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
const face = h("time", { "data-testid": "clock", title: "机器人看到的时间 · The time as the bot sees it" });
let ahead = 0;
let running = false;

async function turn(steps, minutes) {
  if (running) return;
  running = true;
  document.getElementById("clock").setAttribute("aria-busy", "true");
  try {
    for (let step = 0; step < steps; step++) {
      await act("forward", 0, 0, { minutes });
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  } finally {
    running = false;
    document.getElementById("clock").removeAttribute("aria-busy");
  }
}

export function makeClock() {
  const place = document.getElementById("clock");
  const button = ([label, words, steps, minutes]) =>
    h("button", { type: "button", title: words, "aria-label": words, "data-testid": "forward", "data-minutes": steps * minutes, onclick: () => turn(steps, minutes) }, label);
  place.append(face, ...TURNS.map(button));
  setInterval(tick, 1000);
}

/** News came: the server says how far ahead its clock is of this one. */
export function drawClock() {
  document.getElementById("clock").hidden = !world.turns;
  ahead = world.now - Date.now();
  tick();
}

function tick() {
  const now = new Date(Date.now() + ahead);
  face.dateTime = now.toISOString();
  face.textContent = FACE.format(now);
}
