/** Holds what a one-time link shows, from the invitation to the thanks; how the answer travels is link-outbox's. */

import { Form, partsOf } from "./form.js";
import { afterPaint } from "./frame.js";
import { deliver, keepSealed, place, waitingHere } from "./link-outbox.js";
import { ciphers } from "./seal.js";
import { hold, show } from "./stage.js";
import { forget, keep, recall } from "./vault.js";

const TIME_LIMIT_MS = 15_000;
const DRAFT_MS = 20 * 60 * 1_000;
const root = document.documentElement;

let asking = false;

start();

/** An answer that waits on this phone comes first, whatever the server says about the link. */
async function start() {
  const waiting = await waitingHere().catch(console.warn);
  if (waiting) return send(waiting);
  const screen = document.querySelector("[data-screen]");
  screen.querySelector("[data-link=begin]")?.addEventListener("click", () => begin(screen.querySelector(".link-status")));
  root.dataset.ready = screen.dataset.screen;
}

async function begin(status) {
  if (asking) return;
  asking = true;
  status.textContent = status.dataset.opening;
  const form = document.getElementById("form");
  const parts = await partsOf(form).catch(console.warn);
  const begun = parts && (await ask());
  asking = false;
  if (begun === "gone") return location.reload();
  if (begun) return open(form, parts, begun);
  status.textContent = status.dataset.unreached;
}

/** Gives what the server tells when somebody begins, "gone" for a link that is no longer open, or null. */
async function ask() {
  try {
    const answer = await fetch(`${location.pathname}/begynd?sprog=${root.lang}`, {
      method: "POST",
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    if (answer.status === 404) return "gone";
    return answer.ok ? { ...(await answer.json()), heardAt: performance.now() } : null;
  } catch {
    return null;
  }
}

/** What is marked so far survives a reload for a while, encrypted; it goes when the answer is kept. */
async function open(form, parts, begun) {
  const { who, about, seen_by, goals } = begun.turn;
  const name = await place("draft");
  const draft = (await recall(name, { withinMs: DRAFT_MS }).catch(console.warn)) ?? {};
  let writing = Promise.resolve();
  const changed = (lines) => (writing = writing.then(() => keep(name, lines)).catch(console.warn));
  const id = crypto.randomUUID();
  const deposit = async (given) => {
    const envelope = await keepSealed(id, begun, given);
    writing.then(() => forget(name)).catch(console.warn);
    return send(envelope);
  };
  show(form, { who, about, seen_by });
  afterPaint(() => ciphers().catch(console.warn));
  new Form(document.querySelector("#stage .form"), { deposit, parts, goals, draft, changed });
}

/** Shows that the answer is kept here, and what becomes of it. */
async function send(waiting) {
  hold();
  show("link-kept");
  deliver(waiting).then((outcome) => show(`link-${outcome}`));
}
