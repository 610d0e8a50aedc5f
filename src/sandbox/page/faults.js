// Trouble on purpose: a form to switch it on, and a bar that nobody can overlook while it is on.
import { h } from "./dom.js";
import { act, nameOf, world } from "./world.js";

/** Kind, what stands on the key, what it means. */
const KINDS = [
  ["429", "429", "请求过于频繁，要求稍后重试", "Too many requests: wait, then try again"],
  ["403", "403", "被用户屏蔽或移出", "Blocked by the user"],
  ["500", "500", "服务器内部错误", "Internal server error"],
  ["cut", "断线", "请求没送到，连接就断了", "Connection cut before anything is done"],
  ["lost", "丢应答", "请求已执行，应答丢了", "Carried out, but the answer is lost"],
];
const ALL = "all";
const wanted = { kind: "500", chat: ALL, scope: "sends", seconds: 5 };
const el = {};
let drawn = "";

const kindOf = (fault) => (fault.kind === "status" ? String(fault.status) : fault.kind);
const off = () => act("fault_off", 0, 0);

function on() {
  const chat = wanted.chat === ALL ? null : Number(wanted.chat);
  return act("fault_on", 0, chat, { kind: wanted.kind, sends: wanted.scope === "sends", retry_after: wanted.seconds });
}

export function faultForm() {
  const change = (key, value) => { wanted[key] = value; fill(); if (world.faults.length) on(); };
  const pick = (id, label, options) => {
    const select = h("select", { "data-testid": id, onchange: (event) => change(event.target.name, event.target.value) }, options);
    el[id] = select;
    return h("label", {}, label, select);
  };
  el.kinds = KINDS.map(([kind, label, zh, en]) =>
    h("button", { type: "button", "data-testid": "fault-kind", "data-kind": kind, title: `${zh} ${en}`, onclick: () => change("kind", kind) }, label));
  el.about = h("p", { class: "about" });
  el.seconds = h("input", { type: "number", name: "seconds", min: "1", max: "3600", required: true, value: wanted.seconds, "data-testid": "fault-seconds", onchange: (event) => change("seconds", Math.max(1, Number(event.target.value) || 1)) });
  el.wait = h("label", { class: "wait" }, "等待秒数 retry_after", el.seconds);
  el.switch = h("button", { class: "big", type: "button", "data-testid": "fault-switch", onclick: () => (world.faults.length ? off() : on()) });
  el.form = h("section", { class: "faults", "aria-labelledby": "faults-title" },
    h("h3", { id: "faults-title" }, "故障 ", h("small", { lang: "en" }, "Faults")),
    h("div", { class: "kinds", role: "group", "aria-labelledby": "faults-title" }, el.kinds), el.about,
    h("div", { class: "scopes" },
      pick("fault-chat", "聊天 Chat", []),
      pick("fault-scope", "影响哪些调用 Calls", [h("option", { value: "sends" }, "仅发消息 Sends only"), h("option", { value: ALL }, "全部方法 All methods")]),
      el.wait),
    el.switch);
  el["fault-chat"].name = "chat";
  el["fault-scope"].name = "scope";
  fill();
  return el.form;
}

function fill() {
  for (const key of el.kinds) key.setAttribute("aria-pressed", String(key.dataset.kind === wanted.kind));
  const [, , zh, en] = KINDS.find(([kind]) => kind === wanted.kind);
  el.about.replaceChildren(zh + " ", h("span", { lang: "en" }, en));
  el.wait.hidden = wanted.kind !== "429";
  el["fault-chat"].value = wanted.chat;
  el["fault-scope"].value = wanted.scope;
  el.seconds.value = wanted.seconds;
}

/** Chats that can be chosen, and whether the switch is on. */
export function drawForm() {
  const chats = [...world.chats.values()].filter((chat) => !chat.migrated).sort((a, b) => b.id - a.id);
  const text = JSON.stringify([chats.map((chat) => [chat.id, nameOf(chat.id)]), world.faults]);
  if (drawn === text) return;
  drawn = text;
  el["fault-chat"].replaceChildren(h("option", { value: ALL }, "全部聊天 All chats"), ...chats.map((chat) => h("option", { value: chat.id }, nameOf(chat.id))));
  const [fault] = world.faults;
  if (fault) {
    Object.assign(wanted, { chat: fault.chat === null ? ALL : String(fault.chat), scope: fault.sends ? "sends" : ALL });
    if (KINDS.some(([kind]) => kind === kindOf(fault))) wanted.kind = kindOf(fault);
    if (fault.retry_after) wanted.seconds = fault.retry_after;
  }
  if (![...el["fault-chat"].options].some((option) => option.value === wanted.chat)) wanted.chat = ALL;
  fill();
  el.form.classList.toggle("on", Boolean(fault));
  el.switch.classList.toggle("bad", Boolean(fault));
  el.switch.textContent = fault ? "关闭故障 Switch off" : "开启故障 Switch on";
  el.switch.setAttribute("aria-pressed", String(Boolean(fault)));
}

/** The bar over the page; the button that opens the panel turns red too. */
export function drawBar(bar, opener) {
  const [fault, ...more] = world.faults;
  opener.classList.toggle("bad", Boolean(fault));
  bar.hidden = !fault;
  if (!fault) { bar.replaceChildren(); return; }
  const [, label] = KINDS.find(([id]) => id === kindOf(fault)) || [null, kindOf(fault)];
  const what = [label, { cut: "cut", lost: "answer lost" }[fault.kind] || label];
  const where = fault.chat === null ? ["全部聊天", "all chats"] : [nameOf(fault.chat), nameOf(fault.chat)];
  const which = fault.method ? [fault.method, fault.method] : fault.sends ? ["仅发消息", "sends only"] : ["全部方法", "all methods"];
  const wait = fault.retry_after ? [`等 ${fault.retry_after} 秒`, `wait ${fault.retry_after} s`] : [];
  const rest = more.length ? [`另有 ${more.length} 个`, `${more.length} more`] : [];
  const line = (i) => [what[i], wait[i], where[i], which[i], rest[i]].filter(Boolean).join(" · ");
  bar.replaceChildren(
    h("p", {}, h("b", {}, "故障中 "), line(0), h("span", { lang: "en" }, "Fault on: " + line(1))),
    h("button", { type: "button", "data-testid": "fault-off", onclick: off }, "关闭 Off"));
}
