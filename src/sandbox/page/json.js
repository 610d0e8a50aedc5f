// JSON as a tree that folds.
import { h } from "./dom.js";

const DEEP = 2;

/** Lists and objects that travelled as text, as uploads make them, fold too. */
function unpacked(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try { return JSON.parse(value); } catch { return value; }
}

export function tree(raw, key, depth = 0) {
  const value = unpacked(raw);
  const name = key === undefined ? null : h("span", { class: "key" }, key + ": ");
  if (value === null || typeof value !== "object") {
    return h("div", { class: "json" }, name, h("span", { class: value === null ? "null" : typeof value }, JSON.stringify(value)));
  }
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const [left, right] = list ? ["[", "]"] : ["{", "}"];
  if (!entries.length) return h("div", { class: "json" }, name, left + right);
  const size = list ? `${entries.length}` : entries.map(([k]) => k).join(", ");
  return h("details", { class: "json", open: depth < DEEP },
    h("summary", {}, name, left, h("span", { class: "folded" }, h("span", { class: "size" }, size), right)),
    entries.map(([k, each]) => tree(each, list ? undefined : k, depth + 1)), right);
}
