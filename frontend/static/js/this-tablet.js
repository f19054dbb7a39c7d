/** Holds the card about this tablet: its name, what waits, last contact, storage, plan, and "Send nu"; names no family. */

import { enrolled } from "./enrolment.js";
import { ago, fill, parts } from "./moments.js";
import { onStatus, sendNow, status } from "./sender.js";
import { recall } from "./vault.js";

const PLAN_LASTS_MS = 24 * 3_600_000;
const AGAIN_MS = 30_000;

const card = document.getElementById("this-tablet");
const words = JSON.parse(card.dataset.words);
const receipt = card.querySelector(".receipt");
const send = card.querySelector(".tablet-send");
const trouble = card.querySelector(".tablet-trouble");

send.addEventListener("click", sendAll);
onStatus((now) => show(now).catch(console.warn));
setInterval(() => status().then(show).catch(console.warn), AGAIN_MS);
showPlan().catch(console.warn);

async function show(now) {
  const tablet = await enrolled();
  const unknown = !tablet && !now.waiting && !card.dataset.enrolled;
  card.querySelector(".tablet-unknown").hidden = !unknown;
  card.querySelector(".facts").hidden = unknown;
  write("name", tablet?.name ?? words.unknown);
  write("waiting", waitingWords(now));
  write("heard", now.heard ? ago(now.heard) : words.unheard);
  write("storage", now.persisted ? words.persisted : words.unprotected);
  const wrong = troubleOf(now, tablet);
  trouble.hidden = !wrong;
  if (wrong && trouble.textContent !== wrong) trouble.textContent = wrong;
  send.hidden = !now.waiting;
}

function troubleOf({ stopped, waiting }, tablet) {
  if (!tablet && (card.dataset.enrolled || waiting)) return words.stopped["not-enrolled"];
  return tablet && words.stopped[stopped];
}

function waitingWords({ waiting, oldest }) {
  if (!waiting) return words.nothing;
  return fill(waiting === 1 ? words.one : words.many, { number: waiting, when: oldest ? ago(oldest) : "" });
}

async function showPlan() {
  const plan = await recall("plan", { withinMs: PLAN_LASTS_MS });
  const until = plan && new Date(new Date(plan.made_at).getTime() + PLAN_LASTS_MS);
  write("plan", until ? fill(words.plan, parts(until)) : words.unplanned);
}

async function sendAll() {
  send.setAttribute("aria-disabled", "true");
  receipt.textContent = words.sending;
  const { left, reached } = await sendNow();
  receipt.textContent = reached ? (left ? words.left : words.sent) : words.unreached;
  send.setAttribute("aria-disabled", "false");
}

function write(name, sentence) {
  const place = card.querySelector(`[data-tablet="${name}"]`);
  if (place.textContent !== sentence) place.textContent = sentence;
}
