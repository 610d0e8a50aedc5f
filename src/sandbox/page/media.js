// Photos, albums, videos, voice and everything else that is not text.
import { h, length, size } from "./dom.js";

const fileUrl = (id) => "/sandbox/file/" + encodeURIComponent(id);
const attach = (sign, title, note, extra) =>
  h("div", { class: "attach" }, h("i", { "aria-hidden": "true" }, sign), h("div", {}, title, h("small", {}, note), extra));

const KINDS = { photo: "照片 Photo", video: "视频 Video", voice: "语音 Voice", audio: "音频 Audio", document: "文件 File", sticker: "贴纸 Sticker", contact: "联系人 Contact", location: "位置 Location", poll: "投票 Poll" };

/** One line about a message, for quotes and the pinned bar. */
export function summary(body) {
  const kind = Object.keys(KINDS).find((key) => body[key]);
  return [kind && KINDS[kind], body.text || body.caption].filter(Boolean).join(" · ").replace(/\s+/g, " ");
}

/** What a message shows above its words; several bodies are an album. */
export function mediaOf(bodies) {
  if (bodies.length === 1) return one(bodies[0], bodies);
  const seen = bodies.every((body) => body.photo || body.video);
  return h("div", { class: seen ? "album" : "stack" }, bodies.map((body) => one(body, bodies)));
}

function one(body, all) {
  if (body.photo) return photo(body, all);
  if (body.video) return video(body.video, body);
  if (body.video_note) return video({ ...body.video_note, width: body.video_note.length, height: body.video_note.length }, body);
  if (body.voice) return player(body.voice, "语音消息 Voice");
  if (body.audio) return player(body.audio, body.audio.file_name || "音频 Audio");
  if (body.document) return attach("↓", fileLink(body.document), size(body.document.file_size));
  if (body.sticker) return h("div", { class: "sticker", role: "img", "aria-label": "贴纸 Sticker" }, body.sticker.emoji || "🔧");
  if (body.contact) return attach("☏", body.contact.first_name, "联系人 Contact", h("a", { href: "tel:" + body.contact.phone_number }, body.contact.phone_number));
  if (body.location) return attach("◎", "位置 Location", `${body.location.latitude.toFixed(5)}, ${body.location.longitude.toFixed(5)}`);
  if (body.poll) return attach("?", body.poll.question, body.poll.options.map((o) => o.text).join(" / "));
  return null;
}

function fileLink(file) {
  return h("a", { href: fileUrl(file.file_id), download: file.file_name || "file" }, file.file_name || "文件 File");
}

function photo(body, all) {
  const best = body.photo[body.photo.length - 1];
  const image = h("img", { src: fileUrl(best.file_id), width: best.width, height: best.height, alt: "", draggable: "false" });
  return h("button", { class: "photo", type: "button", "data-testid": "photo", "aria-label": "看大图 View the photo", onclick: () => lightbox(all.filter((b) => b.photo), body) }, image);
}

/** Bytes that no browser plays (a test's, say) leave a labelled bubble instead of a black box. */
function video(file, body) {
  const label = `${length(file.duration)} · ${size(file.file_size)}`;
  const film = h("video", { class: "film", src: fileUrl(file.file_id), controls: true, playsinline: true, preload: "metadata", width: file.width, height: file.height, "aria-label": "视频 Video " + length(file.duration), controlslist: body.has_protected_content && "nodownload" });
  const box = h("figure", { class: "video", "data-testid": "video" }, film, h("figcaption", {}, "▶ " + label));
  film.addEventListener("error", () => box.replaceWith(attach("▶", "视频 Video", label)));
  return box;
}

let playing = null;

function player(file, title) {
  const sound = h("audio", { src: fileUrl(file.file_id), preload: "none" });
  const button = h("button", { type: "button", class: "play", "aria-label": "播放 Play: " + title }, "▶");
  const bar = h("progress", { max: file.duration || 1, value: 0, "aria-hidden": "true" });
  const time = h("small", {}, length(file.duration));
  const rest = () => { button.textContent = "▶"; if (playing === sound) playing = null; };
  button.addEventListener("click", () => {
    if (!sound.paused) return sound.pause();
    if (playing) playing.pause();
    playing = sound;
    sound.play().then(() => { button.textContent = "❚❚"; }, () => { button.disabled = true; rest(); time.textContent = length(file.duration) + " · 无声音 no sound"; });
  });
  sound.addEventListener("pause", rest);
  sound.addEventListener("ended", () => { rest(); bar.value = 0; });
  sound.addEventListener("timeupdate", () => { bar.value = sound.currentTime; });
  return h("div", { class: "attach", "data-testid": "voice" }, button, h("div", { class: "sound" }, h("span", {}, title), bar, time, sound));
}

/** Photos one at a time over the whole page; arrow keys, Escape or a tap beside the photo. */
function lightbox(bodies, first) {
  let at = bodies.indexOf(first);
  const image = h("img", { alt: "照片 Photo" });
  const place = h("span", { class: "place", "aria-live": "polite" });
  const show = (step) => {
    at = (at + step + bodies.length) % bodies.length;
    const sizes = bodies[at].photo;
    image.src = fileUrl(sizes[sizes.length - 1].file_id);
    place.textContent = bodies.length > 1 ? `${at + 1} / ${bodies.length}` : "";
  };
  const more = bodies.length > 1;
  const box = h("dialog", { class: "lightbox", "data-testid": "lightbox", "aria-label": "照片 Photo" }, image, place,
    more && h("button", { type: "button", class: "prev", "aria-label": "上一张 Previous", onclick: () => show(-1) }, "‹"),
    more && h("button", { type: "button", class: "next", "aria-label": "下一张 Next", onclick: () => show(1) }, "›"),
    h("button", { type: "button", class: "close", "aria-label": "关闭 Close", onclick: () => box.close() }, "✕"));
  box.addEventListener("keydown", (event) => { if (event.key === "ArrowLeft") show(-1); if (event.key === "ArrowRight") show(1); });
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  show(0);
  box.showModal();
}
