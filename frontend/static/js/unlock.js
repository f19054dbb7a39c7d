/** Holds the way back to staff: the PIN pad, tried on the server or, without one, here; what follows is the caller's. */

import { checkPin, countWrong, knowsPin, rememberPin, waitLeft } from "./pin.js";
import { sendNow, status as sending } from "./sender.js";
import { show, words } from "./stage.js";

const TIME_LIMIT_MS = 3_000;

/** A slow server is worth waiting for when it was reached just now, or when the tablet cannot try the code itself. */
const PATIENT_MS = 15_000;
const MINUTE_MS = 60_000;

/**
 * Shows the PIN pad and resolves with `{next, offline}` once it is unlocked, or with null on "Tilbage".
 *
 * `language` is staff's, `staff` the id of the one whose PIN code it must be without a network (null: whose is kept),
 * `back` says whether there is a way back. `next` is where the server leads staff, null when it was not asked; what
 * waits has then had three seconds to be sent, so that staff finds the answers there.
 */
export async function askPin({ language = "da", staff = null, back = true } = {}) {
  const { unlock } = await words(language);
  show(unlock, { back });
  return new Promise((resolve) => wake(document.querySelector(".pin-card"), staff, resolve));
}

function wake(pad, staff, resolve) {
  const field = pad.querySelector(".pin-field");
  const hold = (on) => pad.querySelector("[type=submit]").setAttribute("aria-disabled", String(on));
  let busy = false;
  pad.querySelector(".pin-keys").addEventListener("click", ({ target }) => write(field, target.closest("button")));
  pad.querySelector(".pin-back")?.addEventListener("click", () => resolve(null));
  pad.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !field.value) return;
    hold((busy = true));
    const said = await attempt(field.value, staff).catch(() => ({ words: "failed" }));
    hold((busy = false));
    if (said.words) complain(pad, said);
    else resolve(said);
  });
}

function write(field, key) {
  if (!key) return;
  field.value = key.dataset.key ? field.value + key.dataset.key : field.value.slice(0, -1);
  field.setSelectionRange(field.value.length, field.value.length);
}

function complain(pad, { words: which, waitMs = 0 }) {
  const sentence = JSON.parse(pad.dataset.words)[which];
  const field = pad.querySelector(".pin-field");
  pad.querySelector(".field-error").textContent = sentence.replace("{minutes}", Math.ceil(waitMs / MINUTE_MS));
  pad.querySelector(".pin-login").hidden = which !== "expired";
  field.setAttribute("aria-invalid", "true");
  field.value = "";
}

async function attempt(pin, staff) {
  const waitMs = await waitLeft();
  if (waitMs > 0) return { words: "wait", waitMs };
  const hasty = !(await sending()).reached && (await knowsPin(staff));
  const { status, kind, next } = await askServer(pin, hasty ? TIME_LIMIT_MS : PATIENT_MS);
  if (status === 200) return opened(pin, staff, next);
  if (kind === "wrong-pin") return wrong();
  if (status === 429) return { words: "wait", waitMs: MINUTE_MS };
  return here(pin, staff, status);
}

async function opened(pin, staff, next) {
  const patience = new Promise((resolve) => setTimeout(resolve, TIME_LIMIT_MS));
  const remembered = staff ? rememberPin(pin, staff).catch(console.warn) : null;
  await Promise.race([Promise.all([sendNow(), remembered]), patience]);
  return { next, offline: false };
}

async function wrong() {
  await countWrong();
  return { words: "wrong" };
}

/** The server could not say: it was not reached, or nobody is logged in any more. */
async function here(pin, staff, status) {
  const said = await checkPin(pin, staff);
  if (said === "right") return { next: null, offline: true };
  if (said === "unknown") return { words: status === 401 ? "expired" : "unknown" };
  return said === "wrong" ? { words: "wrong" } : { words: "wait", waitMs: said.waitMs };
}

async function askServer(pin, limit) {
  try {
    const answer = await fetch("/tablet/laas-op", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pin }),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(limit),
    });
    const { type = "", next } = await answer.json();
    return { status: answer.status, kind: type.split(":").pop(), next };
  } catch {
    return { status: 0 };
  }
}
