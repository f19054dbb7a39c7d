/** Holds "Gør klar til besøg": fetches the plan, keeps it encrypted with the PIN's proof, and says what is here; sends no mark. */

import { fill, parts } from "./moments.js";
import { rememberPin } from "./pin.js";
import { postJson } from "./posting.js";
import { forget, keep, recall } from "./vault.js";
import { ready } from "./worker.js";

const LASTS_MS = 24 * 3_600_000;
const WORKER_PATIENCE_MS = 20_000;

const form = document.getElementById("prepare");
const words = JSON.parse(form.dataset.words);
const mistake = form.querySelector(".error-summary");
const receipt = form.querySelector(".receipt");
const kept = document.getElementById("kept-plan");
const pin = form.elements.pin;

let busy = false;

form.querySelector("button").disabled = false;
form.addEventListener("submit", pressed);
kept.querySelector("button").addEventListener("click", remove);
showKept();

async function pressed(event) {
  event.preventDefault();
  if (busy) return;
  busy = true;
  mistake.hidden = true;
  receipt.textContent = words.preparing;
  try {
    await prepare([...document.querySelectorAll("[name=episodes]:checked")].map((box) => box.value));
  } catch (error) {
    tell(error);
  }
  busy = false;
}

async function prepare(episodes) {
  if (!episodes.length) throw new Error(words.nobody);
  const plan = await ask({ episodes, pin: pin.value });
  await Promise.all([keep("plan", plan), rememberPin(pin.value, plan.staff.id)]).catch((error) => {
    throw new Error(words.unkept, { cause: error });
  });
  pin.value = "";
  receipt.textContent = (await whole()) ? words.prepared : words.incomplete;
  await showKept();
}

async function ask(body) {
  const { ok, said } = await postJson("/api/v1/visit-plans", body).catch((error) => {
    throw new Error(words.unreached, { cause: error });
  });
  if (!ok) throw new Error(said.title ? `${said.title}. ${said.detail}` : words.unreached);
  return said;
}

/** Says whether shell and forms are on this tablet; a browser that cannot keep them never answers. */
function whole() {
  const patience = new Promise((resolve) => setTimeout(resolve, WORKER_PATIENCE_MS, false));
  return Promise.race([ready(), patience]).catch(() => false);
}

async function showKept() {
  const plan = await recall("plan", { withinMs: LASTS_MS }).catch(() => null);
  kept.hidden = !plan;
  if (!plan) return;
  const until = new Date(new Date(plan.made_at).getTime() + LASTS_MS);
  kept.querySelector(".kept-until").textContent = fill(words.until, parts(until));
  kept.querySelector("ul").replaceChildren(...plan.families.map(({ alias }) => item(alias)));
}

function item(words) {
  const row = document.createElement("li");
  row.textContent = words;
  return row;
}

async function remove() {
  try {
    await forget("plan", "sessions");
  } catch (cause) {
    return tell(new Error(words.stuck, { cause }));
  }
  receipt.textContent = words.removed;
  await showKept();
  form.querySelector("button").focus();
}

function tell(error) {
  if (error.cause) console.warn(error.cause);
  receipt.textContent = "";
  mistake.querySelector("p").textContent = error.message;
  mistake.hidden = false;
  mistake.focus();
}
