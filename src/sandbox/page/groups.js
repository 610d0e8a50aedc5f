// Groups: who is in one and as what, new ones, and links that bring the bot into one.
import { ask, close } from "./dialogs.js";
import { colourOf, h } from "./dom.js";
import { act, phones, world } from "./world.js";

const ROLES = { creator: "群主 Owner", administrator: "管理员 Admin", member: "成员 Member", restricted: "受限成员 Restricted" };
const everyone = () => [...world.people.values(), world.bot];
const memberOf = (chat, id) => chat.members.find((member) => member.id === id);
const leads = (member) => Boolean(member) && (member.role === "creator" || member.role === "administrator");
/** The group whose window is open, for whom, and what stands in it. */
let shown = null;

/** Opens a chat as soon as it is known that the person is in it. */
export function openSoon(phone, id) {
  phone.want = id;
  close();
}

export function groupInfo(phone, id) {
  const box = h("div", { class: "group", "data-testid": "group-info" });
  shown = { phone, id, box };
  fill();
  // Everything in it happens at once: there is nothing to cancel.
  ask(phone, "群组 Group", box).lastChild.textContent = "完成 Done";
}

/** Keeps an open window true to the world. */
export function drawGroup() {
  if (!shown || !shown.box.isConnected || !document.getElementById("dialog").open) { shown = null; return; }
  const { phone, id } = shown;
  const chat = world.chats.get(id);
  if (chat.migrated || !memberOf(chat, phone.id)) { shown = null; close(); return; }
  const focused = document.activeElement.closest && document.activeElement.closest("[data-who]");
  const same = focused && [focused.dataset.testid, focused.dataset.who];
  fill();
  const again = same && shown.box.querySelector(`[data-testid="${same[0]}"][data-who="${same[1]}"]`);
  if (again) again.focus();
}

function fill() {
  const { phone, id, box } = shown;
  const chat = world.chats.get(id);
  const mine = memberOf(chat, phone.id);
  const order = ["creator", "administrator", "member", "restricted"];
  const members = [...chat.members].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.id - b.id);
  const outside = everyone().filter((user) => !memberOf(chat, user.id));
  const big = chat.kind === "supergroup";
  const key = (testid, label, what, more) =>
    h("button", { type: "button", "data-testid": testid, "data-who": (more || {}).who, onclick: () => act(what, phone.id, id, more) }, label);
  const line = ({ id: who, role }) => {
    const user = everyone().find((each) => each.id === who) || { first_name: "?" };
    const keys = leads(mine) && who !== phone.id && role !== "creator" && h("span", { class: "pills" },
      role === "administrator"
        ? key("demote", "取消管理员 Dismiss", "promote", { who, on: false })
        : key("promote", "设为管理员 Make admin", "promote", { who, on: true }),
      key("kick", "移出 Remove", "kick", { who }));
    return h("li", { "data-testid": "member", "data-person": who, "data-role": role },
      face(user), h("span", { class: "person" }, h("b", {}, user.first_name + (user.is_bot ? " · bot" : "")), h("small", {}, ROLES[role] || role), keys));
  };
  box.replaceChildren(
    h("p", { class: "title" }, h("b", {}, chat.title), h("small", {}, big ? "超级群组 Supergroup" : "普通群组 Basic group")),
    h("ul", {}, members.map(line)),
    outside.length > 0 && h("p", { class: "label" }, "添加成员 Add a member"),
    outside.length > 0 && h("div", { class: "pills" }, outside.map((user) => key("add", "+ " + user.first_name, "add", { who: user.id }))),
    h("div", { class: "rest" },
      !big && leads(mine) && h("button", { class: "plain", type: "button", "data-testid": "migrate", onclick: () => act("migrate", phone.id, id).then((to) => openSoon(phone, to)) }, "升级为超级群组 Upgrade to a supergroup"),
      h("button", { class: "plain danger", type: "button", "data-testid": "leave", onclick: () => { act("leave", phone.id, id); close(); } }, "退出群组 Leave")));
}

function face(user) {
  const round = h("span", { class: "face", "aria-hidden": "true" }, user.first_name[0]);
  round.style.background = colourOf(user.id);
  return round;
}

/** A new group; `then` is told its id. */
export function newGroup(phone, then) {
  const title = h("input", { id: "group-title", required: true, maxlength: "128", placeholder: "例如：城西抢修二班", "data-testid": "group-title", autocomplete: "off" });
  const boxes = everyone().filter((user) => user.id !== phone.id).map((user) => {
    const check = h("input", { type: "checkbox", value: user.id, "data-testid": "group-member", "data-person": user.id });
    return h("label", { class: "check" }, check, user.first_name + (user.is_bot ? " · bot" : ""));
  });
  const create = async (event) => {
    event.preventDefault();
    const members = boxes.map((label) => label.firstChild).filter((check) => check.checked).map((check) => Number(check.value));
    const id = await act("new_group", phone.id, 0, { title: title.value, members });
    if (then) await then(id);
    openSoon(phone, id);
  };
  ask(phone, "新建群组 New group", h("form", { onsubmit: create },
    h("label", { for: "group-title" }, "群名 Name"), title,
    h("p", { class: "label" }, "成员 Members"), h("div", { class: "checks" }, boxes),
    h("button", { class: "big", type: "submit", "data-testid": "create-group" }, "创建 Create")));
  title.focus();
}

/** What a link `t.me/<bot>?startgroup=…` does: choose a group, and the bot is in it. */
export function bringBot(phone, link) {
  const bring = async (id) => {
    await act("add", phone.id, id, { who: world.bot.id, on: link.admin });
    if (link.payload) await act("say", phone.id, id, { text: `/start@${world.username} ${link.payload}` });
  };
  const mine = [...world.chats.values()].filter((chat) => chat.title && !chat.migrated && memberOf(chat, phone.id))
    .filter((chat) => !link.admin || leads(memberOf(chat, phone.id)));
  ask(phone, link.admin ? "添加为群组管理员 Add the bot as an admin" : "添加到群组 Add the bot to a group",
    h("div", { class: "rest" },
      mine.map((chat) => h("button", { class: "plain", type: "button", "data-testid": "choose-group", "data-chat": chat.id, onclick: () => bring(chat.id).then(() => openSoon(phone, chat.id)) }, chat.title)),
      h("button", { class: "big", type: "button", "data-testid": "choose-new-group", onclick: () => newGroup(phone, bring) }, "新建群组 New group")));
}

/** Groups that a person is not in, as lines of a menu. */
export function joinable(phone) {
  const outside = [...world.chats.values()].filter((chat) => chat.title && !chat.migrated && !memberOf(chat, phone.id));
  return outside.map((chat) => [`加入「${chat.title}」`, "Join", () => act("join", phone.id, chat.id).then(() => openSoon(phones.get(phone.id), chat.id)), "join"]);
}
