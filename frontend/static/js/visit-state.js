/** Holds the state line of the visit screens: what waits, last contact, storage, "Send nu"; it never names anybody. */

import { ago, fill } from "./moments.js";
import { onStatus, sendNow } from "./sender.js";
import { waitingWords, words } from "./visit-words.js";

const AGAIN_MS = 30_000;
const PATIENCE_MS = 3_000;

let line = null;
let now = { waiting: 0, oldest: null, heard: null, persisted: false, stopped: null };
let reached = false;
let told = "";

onStatus((status) => {
  now = status;
  draw();
});
addEventListener("online", look);
document.addEventListener("visibilitychange", look);
setInterval(look, AGAIN_MS);

/** Puts the state line into a screen and keeps it true from now on. */
export function showState(place) {
  line = document.getElementById("visit-state").content.firstElementChild.cloneNode(true);
  line.querySelector(".visit-send").addEventListener("click", send);
  place.replaceWith(line);
  told = "";
  draw();
  look();
}

/** The link home never jumps by itself, and comes only when the server has answered this moment. */
async function look() {
  if (!line?.isConnected || document.hidden) return;
  const asked = { method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) };
  reached = await fetch("/healthz", asked).then(({ ok }) => ok, () => false);
  draw();
}

function draw() {
  if (!line?.isConnected) return;
  write("waiting", waitingWords(now));
  write("heard", now.heard ? fill(words.heard, { when: ago(now.heard) }) : words.unheard);
  write("storage", now.persisted ? words.persisted : words.unprotected);
  write("told", told || (words.stopped[now.stopped] ?? ""));
  line.classList.toggle("visit-waits", now.waiting > 0);
  line.querySelector(".visit-back").hidden = !reached;
}

function write(name, sentence) {
  const place = line.querySelector(`[data-state="${name}"]`);
  if (place.textContent !== sentence) place.textContent = sentence;
}

async function send() {
  told = words.sending;
  draw();
  const { left, stopped, reached: answered } = await sendNow();
  told = stopped ? "" : !answered ? words.unreached : left ? words.left : words.sent;
  draw();
}
