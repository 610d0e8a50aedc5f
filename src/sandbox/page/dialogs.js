// The windows in which a person shares a number or a place.
import { h } from "./dom.js";
import { act } from "./world.js";

const PLACES = [
  ["葫芦岛 兴城市 Xingcheng", 40.6147, 120.7283], ["上海 人民广场 People’s Square", 31.2304, 121.4737],
  ["上海 浦东 世纪大道 Century Avenue", 31.2286, 121.5271], ["北京 朝阳 国贸 Guomao", 39.9087, 116.459],
  ["广州 天河 体育西 Tianhe", 23.1312, 113.3209], ["成都 锦江 春熙路 Chunxi Road", 30.657, 104.081],
  ["杭州 西湖 文三路 Wensan Road", 30.277, 120.13],
];

/** A window for one phone. It stands over that phone where there are several. */
export function ask(phone, title, ...content) {
  const dialog = document.getElementById("dialog");
  const cancel = h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, "取消 Cancel");
  dialog.replaceChildren(h("h2", { id: "dialog-title" }, title), h("p", { class: "whose" }, phone.person.first_name), ...content, cancel);
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.showModal();
  return dialog;
}

export const close = () => document.getElementById("dialog").close();

export function contact(phone) {
  const own = phone.person.phone || "+8613800000000";
  const share = (number, mine) => { act("contact", phone.id, phone.chat, { phone: number, own: mine }); close(); };
  const other = h("input", { id: "other", type: "tel", required: true, minlength: "5", placeholder: "+86139…", "data-testid": "other-phone" });
  ask(phone, "分享号码 Share a number",
    h("button", { class: "big", type: "button", "data-testid": "own-phone", onclick: () => share(own, true) }, "本人号码 My number", h("br"), own),
    h("form", { onsubmit: (event) => { event.preventDefault(); share(other.value.trim(), false); } },
      h("label", { for: "other" }, "或另一个号码 or another number"), other,
      h("button", { class: "plain", type: "submit", "data-testid": "share-other" }, "分享此联系人 Share this contact")));
}

export function place(phone) {
  const number = (id, label, value) => h("input", { id, type: "number", step: "any", required: true, value, "aria-label": label });
  const lat = number("lat", "纬度 Latitude", PLACES[0][1]);
  const lng = number("lng", "经度 Longitude", PLACES[0][2]);
  const list = h("select", { id: "places", "data-testid": "places" }, PLACES.map(([name], i) => h("option", { value: i }, name)));
  list.addEventListener("change", () => { [, lat.value, lng.value] = PLACES[list.value]; });
  const send = (event) => { event.preventDefault(); act("location", phone.id, phone.chat, { lat: Number(lat.value), lng: Number(lng.value) }); close(); };
  ask(phone, "分享位置 Share a location", h("form", { onsubmit: send },
    h("label", { for: "places" }, "地点 Place"), list,
    h("label", {}, "纬度、经度 Latitude, longitude"), h("div", { class: "two" }, lat, lng),
    h("button", { class: "big", type: "submit", "data-testid": "share-location" }, "分享 Share")));
}
