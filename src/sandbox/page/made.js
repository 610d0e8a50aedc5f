// Files for people who have none at hand: pictures, a voice message and a film, all made on the spot.
import { h } from "./dom.js";

/** An appliance with a fault code on its display. `turn` moves its drum. */
function paint(pen, n, turn) {
  const box = (colour, ...where) => { pen.fillStyle = colour; pen.beginPath(); pen.roundRect(...where, 14); pen.fill(); };
  box(["#cfd8dc", "#d7ccc8", "#c5cae9"][n % 3], -20, -20, 520, 400);
  box("#fafafa", 100, 30, 280, 300);
  box("#263238", 130, 55, 220, 70);
  pen.fillStyle = "#ff7043";
  pen.font = "700 44px monospace";
  pen.fillText("E" + (40 + n), 150, 106);
  pen.strokeStyle = "#90a4ae";
  pen.lineWidth = 16;
  pen.beginPath();
  pen.arc(240, 230, 70, 0, 7);
  pen.stroke();
  pen.lineWidth = 6;
  pen.beginPath();
  pen.moveTo(240 - 60 * Math.cos(turn), 230 - 60 * Math.sin(turn));
  pen.lineTo(240 + 60 * Math.cos(turn), 230 + 60 * Math.sin(turn));
  pen.stroke();
}

const canvas = () => h("canvas", { width: 480, height: 360 });

export function picture(n) {
  const sheet = canvas();
  paint(sheet.getContext("2d"), n, n);
  return new Promise((done) => sheet.toBlob((blob) => done(new File([blob], `photo-${n}.png`, { type: "image/png" })), "image/png"));
}

export const VOICE_SECONDS = 3;

/** The beeping of an alarm, as a WAV file: 8,000 samples a second, one byte each. */
export function voice() {
  const rate = 8000;
  const count = rate * VOICE_SECONDS;
  const bytes = new DataView(new ArrayBuffer(44 + count));
  const word = (at, text) => [...text].forEach((letter, i) => bytes.setUint8(at + i, letter.charCodeAt(0)));
  word(0, "RIFF"); bytes.setUint32(4, 36 + count, true); word(8, "WAVEfmt "); bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true); bytes.setUint32(24, rate, true); bytes.setUint32(28, rate, true);
  bytes.setUint16(32, 1, true); bytes.setUint16(34, 8, true); word(36, "data"); bytes.setUint32(40, count, true);
  for (let i = 0; i < count; i++) {
    const t = i / rate;
    const loud = t % 0.75 < 0.22 ? Math.sin(Math.PI * (t % 0.75) / 0.22) : 0;
    bytes.setUint8(44 + i, 128 + Math.round(50 * loud * Math.sin(2 * Math.PI * 880 * t)));
  }
  return new File([bytes.buffer], "voice.wav", { type: "audio/wav" });
}

export const FILM_SECONDS = 2;

/** Two seconds of a turning drum; null in a browser that cannot record. */
export async function film() {
  const sheet = canvas();
  if (!sheet.captureStream || !window.MediaRecorder) return null;
  const pen = sheet.getContext("2d");
  const draw = setInterval(() => paint(pen, 2, performance.now() / 300), 40);
  paint(pen, 2, 0);
  const recorder = new MediaRecorder(sheet.captureStream(25));
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const ended = new Promise((done) => recorder.addEventListener("stop", done));
  recorder.start();
  setTimeout(() => recorder.stop(), FILM_SECONDS * 1000);
  await ended;
  clearInterval(draw);
  const type = recorder.mimeType.split(";")[0] || "video/webm";
  return new File(parts, "video." + type.split("/")[1], { type });
}

/** How long a chosen film or sound is, in seconds; undefined if the browser cannot tell. */
export function lengthOf(file, tag) {
  return new Promise((done) => {
    const url = URL.createObjectURL(file);
    const end = (seconds) => { URL.revokeObjectURL(url); done(Number.isFinite(seconds) ? Math.max(1, Math.round(seconds)) : undefined); };
    const probe = h(tag, { preload: "metadata", src: url, onerror: () => end(), onloadedmetadata: () => end(probe.duration) });
    setTimeout(end, 3000);
  });
}
