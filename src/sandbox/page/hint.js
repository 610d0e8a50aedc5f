// The line that tells a newcomer what to do next. It follows what was done, whatever the bot says.
import { chatsOf, groupOf, link, world } from "./world.js";

const botMessages = (chat) => [...chat.messages.values()].filter((message) => message.body.from.id === world.bot.id);
const keyed = (message) => Boolean(message.body.reply_markup && message.body.reply_markup.inline_keyboard);

const STEPS = [
  ["第 1 步 · 每一栏是一个人的手机。在王女士的手机上点“开始”，像顾客那样报修。", "Step 1 · Each column is one person’s phone. Press START on 王女士’s, or on Emily’s for English, and report a fault."],
  ["第 2 步 · 用按钮或打字回答，也可以一句说完：“兴城市兴海路3号 打不开了 13800000000 王女士”。", "Step 2 · Answer with buttons or in your own words: every question takes both."],
  ["第 3 步 · 工单到了班组群：在李师傅的手机上点工单下面的按钮接单。", "Step 3 · The ticket is in the crew’s group: on 李师傅’s phone, press the button under it to claim it."],
  ["第 4 步 · 李师傅在私聊里办到完工，顾客每一步都看得到。别的人也试试：陈师傅、管理员周经理。", "Step 4 · 李师傅 carries on in the private chat until it is done; the customer sees every move. Then try the others."],
];

/** What an owner does, who comes by the one-time link to a bot that nobody has set up. */
const OWNER = [
  ["这是管理员链接，只能用一次 · 在周经理的手机上点“开始”。", "A link that makes one admin · Press START on 周经理’s phone, or on Emily’s for English."],
  ["跟着向导一步步设置；测试单请李师傅在群里接单、完成。", "Follow the guide; as 李师傅, claim and finish the test ticket in the group."],
];

/** Which step of an owner comes next; null for everybody who came by the front door. */
function ownersStep() {
  if (link.payload !== null) return 0;
  const customers = [...world.people.values()].filter((person) => !groupOf(person.id) && person.id !== link.owner);
  const served = customers.some((person) => (chatsOf(person.id).find((chat) => !chat.title) || {}).started);
  return link.owner && !served ? 1 : null;
}

/** Which step comes next. */
export function step() {
  const people = [...world.people.values()];
  const crews = people.filter((person) => groupOf(person.id) && !person.admin);
  const own = (person) => chatsOf(person.id).find((chat) => !chat.title);
  if (crews.some((person) => (own(person) || {}).started)) return 3;
  if (people.some((person) => groupOf(person.id) && botMessages(groupOf(person.id)).some(keyed))) return 2;
  return people.some((person) => !groupOf(person.id) && (own(person) || {}).started) ? 1 : 0;
}

export function drawHint(element) {
  const owner = ownersStep();
  const [zh, en] = owner === null ? STEPS[step()] : OWNER[owner];
  if (element.dataset.zh === zh) return;
  element.dataset.zh = zh;
  // A small screen has room for one language.
  element.dataset.speaks = /^zh/i.test(navigator.language) ? "zh" : "en";
  element.querySelector("[lang=zh-CN]").textContent = zh;
  element.querySelector("[lang=en]").textContent = en;
}
