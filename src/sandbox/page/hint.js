// The line that tells a newcomer what to do next. It follows what was done, whatever the bot says.
import { chatsOf, groupOf, world } from "./world.js";

const botMessages = (chat) => [...chat.messages.values()].filter((message) => message.body.from.id === world.bot.id);
const keyed = (message) => Boolean(message.body.reply_markup && message.body.reply_markup.inline_keyboard);

const STEPS = [
  ["第 1 步 · 每一栏是一个人的手机。在王女士的手机上点“开始”，像顾客那样报修。", "Step 1 · Each column is one person’s phone. Press START on 王女士’s, or on Emily’s for English, and report a fault."],
  ["第 2 步 · 用按钮或打字回答，也可以一句说完：“兴城市兴海路3号 打不开了 13800000000 王女士”。", "Step 2 · Answer with buttons or in your own words: every question takes both."],
  ["第 3 步 · 工单到了班组群：在李师傅的手机上点工单下面的按钮接单。", "Step 3 · The ticket is in the crew’s group: on 李师傅’s phone, press the button under it to claim it."],
  ["第 4 步 · 李师傅在私聊里办到完工，顾客每一步都看得到。别的人也试试：陈师傅、管理员周经理。", "Step 4 · 李师傅 carries on in the private chat until it is done; the customer sees every move. Then try the others."],
];

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
  const [zh, en] = STEPS[step()];
  if (element.dataset.zh === zh) return;
  element.dataset.zh = zh;
  element.querySelector("[lang=zh-CN]").textContent = zh;
  element.querySelector("[lang=en]").textContent = en;
}
