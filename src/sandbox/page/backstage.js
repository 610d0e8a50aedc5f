// The panel beside the phones: faults to switch on, and what the bot and the server say to each other.
import { h } from "./dom.js";
import { drawBar, drawForm, faultForm } from "./faults.js";
import { journal, startJournal, stopJournal } from "./journal.js";

const panel = document.getElementById("backstage");
const opener = document.getElementById("backstage-button");

export function makeBackstage(turned) {
  const close = h("button", { class: "close", type: "button", "data-testid": "backstage-close", "aria-label": "关闭 Close", onclick: () => { toggle(false); opener.focus(); } }, "✕");
  panel.append(
    h("div", { class: "head" }, h("h2", { id: "backstage-title" }, "接口与故障 ", h("small", { lang: "en" }, "API & faults")), close),
    faultForm(), journal());
  opener.onclick = () => toggle(panel.hidden);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close.click(); });
  function toggle(on) {
    panel.hidden = !on;
    document.body.classList.toggle("panelled", on);
    opener.setAttribute("aria-expanded", String(on));
    if (on) { startJournal(); close.focus({ preventScroll: true }); } else stopJournal();
    turned();
  }
}

export function drawBackstage() {
  drawBar(document.getElementById("fault"), opener);
  drawForm();
}
