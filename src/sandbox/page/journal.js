// The log of what the bot asked of the server and what it was answered, newest first.
import { h } from "./dom.js";
import { tree } from "./json.js";
import { nameOf } from "./world.js";

const KEPT = 1000;
const calls = [];
const filter = { method: "", failed: false };
const el = {};
let last = 0;
let asking = null;

export function journal() {
  el.methods = h("select", { "data-testid": "log-method", "aria-label": "方法 Method", onchange: () => { filter.method = el.methods.value; drawAll(); } });
  el.failed = h("input", { type: "checkbox", "data-testid": "log-failed", onchange: () => { filter.failed = el.failed.checked; drawAll(); } });
  el.list = h("ol", { class: "calls", "data-testid": "log-calls", tabindex: "0", "aria-label": "接口记录 API log" });
  drawMethods();
  drawAll();
  return h("section", { class: "journal", "aria-labelledby": "journal-title" },
    h("h3", { id: "journal-title" }, "接口记录 ", h("small", { lang: "en" }, "API log, newest first")),
    h("div", { class: "filters" }, el.methods, h("label", {}, el.failed, "只看失败 Failures")),
    el.list);
}

/** Asks for calls until it is told to stop: nobody pays for a log that nobody reads. */
export async function startJournal() {
  const mine = (asking = new AbortController());
  while (asking === mine) {
    try {
      const answer = await fetch("/sandbox/log?since=" + last, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (asking !== mine) return;
      take(news);
    } catch {
      if (asking === mine) await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

export function stopJournal() {
  if (asking) asking.abort();
  asking = null;
}

const fits = (call) => (!filter.method || call.method === filter.method) && (!filter.failed || call.status !== 200);

function take(news) {
  last = news.last;
  if (!news.calls.length) return;
  // Some clients write SendMessage; the server takes it, and people know it as sendMessage.
  for (const call of news.calls) call.method = call.method[0].toLowerCase() + call.method.slice(1);
  calls.push(...news.calls);
  calls.splice(0, calls.length - KEPT);
  drawMethods();
  const fresh = news.calls.filter(fits);
  if (!fresh.length) return;
  const nothing = el.list.querySelector(".nothing");
  if (nothing) nothing.remove();
  el.list.prepend(...fresh.reverse().map(row));
  while (el.list.children.length > KEPT) el.list.lastChild.remove();
}

function drawMethods() {
  const counts = new Map();
  for (const call of calls) counts.set(call.method, (counts.get(call.method) || 0) + 1);
  const options = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([method, n]) => h("option", { value: method }, `${method} (${n})`));
  el.methods.replaceChildren(h("option", { value: "" }, `全部 All (${calls.length})`), ...options);
  el.methods.value = filter.method;
}

function drawAll() {
  const rows = calls.filter(fits).reverse().map(row);
  el.list.replaceChildren(...(rows.length ? rows : [h("li", { class: "nothing" }, "还没有符合条件的调用 No calls to show")]));
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });

function toneOf(status) {
  if (status === 200) return "good";
  return status === 429 || status === 409 ? "warn" : "bad";
}

/** What the call is about, in one line. */
function gist({ method, params, answer }) {
  if (answer && answer.ok === false) return answer.description;
  if (method === "getUpdates" && answer) return `${answer.result.length} 条更新 updates`;
  return params.text || params.caption || params.action || "";
}

function row(call) {
  const whole = h("div", { class: "whole", hidden: true });
  const item = h("li", { class: "call", "data-testid": "call", "data-method": call.method, "data-status": call.status });
  const open = () => {
    whole.hidden = !whole.hidden;
    head.setAttribute("aria-expanded", String(!whole.hidden));
    const part = (title, value) => [h("h4", {}, title), tree(value)];
    if (!whole.firstChild) whole.append(...part("参数 Parameters", call.params), ...part("应答 Answer", call.answer));
  };
  const head = h("button", { class: "line", type: "button", "aria-expanded": "false", onclick: open },
    h("span", { class: "first" },
      h("b", {}, call.method), h("span", { class: "where" }, call.chat === null ? "" : nameOf(Number(call.chat))),
      h("time", {}, TIME.format(call.at)), h("span", { class: "status " + toneOf(call.status) }, call.status === 0 ? "断 cut" : String(call.status))),
    h("span", { class: "gist" }, gist(call)));
  item.append(head, whole);
  return item;
}
