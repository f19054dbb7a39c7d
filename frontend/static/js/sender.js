/** Holds when waiting envelopes are sent and what becomes of each: only what the server has received goes from here. */

import { enrolled, hear, heard, newKey } from "./enrolment.js";
import { post } from "./inbox.js";
import { batch, onChange, settle, waiting } from "./outbox.js";
import { alone } from "./patience.js";

const AT_ONCE = 50;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;

/** A server heard within this time needs no greeting from a page that has nothing to send. */
const QUIET_MS = 60_000;

/** The server's unique key makes sending twice harmless. */
const LOCK_PATIENCE_MS = 20_000;

const RECEIVED = new Set(["created", "identical", "conflict", "quarantined"]);

const watchers = new Set();

/** Ids that the server would not keep: they stay here, and no longer stand in the way of the others. */
const refused = new Set();

let started = false;
let running = null;
let wanted = false;
let timer = null;
let failures = 0;
let notBefore = 0;
let reached = navigator.onLine;
let stopped = null;

/** Begins to send by itself: now, after each deposit, when the network or the page comes back, and by a timer. */
export function startSending() {
  if (started) return;
  started = true;
  onChange((change) => (change === "deposited" ? wake() : tell()));
  window.addEventListener("online", () => wake({ greet: true }));
  window.addEventListener("pageshow", ({ persisted }) => persisted && wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  begin();
}

/**
 * Sends what waits, now, and says how it went: `{sent, left, stopped, reached}`; never throws.
 *
 * `left` is null when storage does not answer. `stopped` is null, or why staff must look: "not-enrolled", "refused"
 * (the server would not keep something, which stays here) or "revoked".
 */
export function sendNow() {
  return send({ greet: true });
}

/**
 * Gives `{waiting, oldest, heard, reached, stopped, persisted, refused}`.
 *
 * `waiting` counts the refused ones too; `oldest` and `heard` (the server's last time) are Dates or null; `reached`
 * says whether the last try came through.
 */
export async function status() {
  const [{ count, oldest }, said, persisted] = await Promise.all([waiting(), heard(), isPersisted()]);
  const last = said ? new Date(said.server) : null;
  return { waiting: count, oldest, heard: last, reached, stopped, persisted, refused: refused.size };
}

/** Calls `watcher(status)` now and whenever it has changed; gives a function that ends it. */
export function onStatus(watcher) {
  watchers.add(watcher);
  tell();
  return () => watchers.delete(watcher);
}

async function tell() {
  try {
    const now = await status();
    for (const watcher of watchers) watcher(now);
  } catch (error) {
    console.warn(error);
  }
}

async function begin() {
  const said = await heard().catch(() => null);
  wake({ greet: !said || said.after_ms > QUIET_MS });
}

function wake({ greet = false } = {}) {
  const wait = notBefore - performance.now();
  if (wait > 0) later(wait);
  else send({ greet });
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => wake({ greet: true }), wait);
}

/** Runs once at a time in this tab; what is wished for meanwhile is done afterwards. */
function send({ greet }) {
  wanted = true;
  running ??= alone("linjen-send", () => drain(greet), LOCK_PATIENCE_MS).finally(() => {
    running = null;
    tell();
    if (wanted) wake();
  });
  return running;
}

async function drain(greet) {
  clearTimeout(timer);
  let sent = 0;
  try {
    for (let size = AT_ONCE, first = greet; size > 0; first = false) {
      const step = await sendBatch(size, first);
      sent += step.received;
      size = step.size;
    }
  } catch (error) {
    console.warn(error);
    pause();
  }
  const { count } = await waiting().catch(() => ({ count: null }));
  return { sent, left: count, stopped, reached };
}

/** Sends at most `size` envelopes; gives how many were received, and the size of the next batch or 0 for no more. */
async function sendBatch(size, greet) {
  wanted = false;
  const tablet = await enrolled();
  if (!tablet) stopped = "not-enrolled";
  if (!tablet) return { received: 0, size: 0 };
  const { rows, state } = await batch(tablet.tablet, size, refused);
  if (!rows.length && !greet) return { received: 0, size: 0 };
  const envelopes = rows.map(({ envelope }) => envelope);
  const answer = await post(envelopes, { ...state, persisted: await isPersisted() });
  if (answer.kind === "answered") return { received: await accept(answer, rows), size: rows.length && AT_ONCE };
  if (answer.kind === "unreadable" && rows.length) return { received: 0, size: narrower(rows) };
  halt(answer);
  return { received: 0, size: 0 };
}

/** Takes in the receipts of a batch and gives how many rows were received; throws when they are for others. */
async function accept({ receipts, key, now, revoked }, rows) {
  const outcomes = outcomesOf(receipts, rows);
  const received = [...outcomes.keys()].filter((id) => RECEIVED.has(outcomes.get(id)));
  for (const id of outcomes.keys()) if (!RECEIVED.has(outcomes.get(id))) refused.add(id);
  if (received.length) await settle(received);
  if (key) await newKey(key);
  if (now) await hear(now);
  if (rows.length && !outcomes.size) throw new Error("the server's receipts are for other envelopes");
  [reached, failures, notBefore] = [true, 0, 0];
  stopped = revoked ? "revoked" : refused.size ? "refused" : null;
  return received.length;
}

/** Gives the outcome by row id; a refusal of what the server could read no id in is known by its place. */
function outcomesOf(receipts, rows) {
  const byId = new Map(receipts.map(({ id, outcome }) => [id, outcome]));
  const outcomes = new Map();
  rows.forEach(({ id }, place) => {
    const outcome = byId.get(id) ?? receipts[place]?.outcome;
    if (byId.has(id) || (outcome && !RECEIVED.has(outcome))) outcomes.set(id, outcome);
  });
  return outcomes;
}

/** Gives a smaller batch, so that what the server cannot read is found; alone at last, it is put aside. */
function narrower(rows) {
  if (rows.length > 1) return Math.ceil(rows.length / 2);
  refused.add(rows[0].id);
  stopped = "refused";
  return AT_ONCE;
}

/** Holds everything: until the next occasion when the server is busy or away, and much longer when staff must look. */
function halt({ kind, reached: came = true, waitMs = 0 }) {
  reached = came;
  if (kind === "not-enrolled" || kind === "refused") stopped = kind;
  if (stopped === kind) later(LONGEST_WAIT_MS);
  else pause(waitMs);
}

function pause(waitMs = 0) {
  const own = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS) * (0.75 + Math.random() / 4);
  failures += 1;
  notBefore = performance.now() + waitMs;
  later(Math.max(own, waitMs));
}

async function isPersisted() {
  return (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
}
