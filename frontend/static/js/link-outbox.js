/** Holds one sealed answer of a one-time link until the server has received it, also over a reload; it shows nothing. */

import { SCHEMA, seal } from "./seal.js";
import { erase, read, write } from "./store.js";

const TIME_LIMIT_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const RECEIVED = new Set(["created", "identical", "conflict", "quarantined"]);

/** Sealed under its id already: what is tried again is the same envelope. */
const sealed = new Map();

/** Gives the envelope of this link that waits on this phone, or undefined. */
export async function waitingHere() {
  return read(await place("answer"));
}

/**
 * Seals an answer once and keeps it; gives its envelope when storage has committed it, or the server has received it.
 *
 * `begun` is what the server told when the form was opened, `given` what the form hands in. Throws an error with the
 * `reason` "no-key", "full" or "storage" when it is neither kept here nor received there.
 */
export async function keepSealed(id, begun, given) {
  const envelope = sealed.get(id) ?? (await seal(plain(begun, given), { id, tablet: begun.link, key: begun.key }).catch(fail("no-key")));
  sealed.set(id, { ...envelope, seq: 1 });
  try {
    await write(await place("answer"), sealed.get(id));
  } catch (error) {
    if ((await post(sealed.get(id))) !== "received") fail(error?.name === "QuotaExceededError" ? "full" : "storage")(error);
  }
  return sealed.get(id);
}

/** Sends an envelope until the server has said what became of it: "received", or "late" when it takes none any more. */
export async function deliver(envelope) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const outcome = await post(envelope);
    if (outcome === "later") {
      await soon(wait);
    } else {
      await erase(await place("answer")).catch(console.warn);
      return outcome;
    }
  }
}

function plain({ staff_id, session, turn, now, heardAt }, given) {
  const { member_id, rater_id, instrument, version, language, wave } = turn;
  const heard = { server: now, after_ms: Math.round(performance.now() - heardAt) };
  const of = { staff_id, session, member_id, person: null, rater_id, instrument, version, language, wave };
  return { schema: SCHEMA, ...of, ...given, at: new Date().toISOString(), heard };
}

function fail(reason) {
  return (cause) => {
    throw Object.assign(new Error(`the answer was not kept: ${reason}`, { cause }), { reason });
  };
}

async function post(envelope) {
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(envelope),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return outcomeOf(answer.status, await answer.json());
  } catch {
    return "later";
  }
}

/** Only Linjen's own words end the waiting: a network's own page can come with any status. */
function outcomeOf(status, { outcome, type }) {
  if (status === 200 && outcome) return RECEIVED.has(outcome) ? "received" : "late";
  return type === "urn:linjen:problem:missing" ? "late" : "later";
}

/** Waits, or until the network or the page comes back. */
function soon(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      resolve();
    }
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
  });
}

/** Names something of this link without telling the link. */
export async function place(what) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(location.pathname));
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `link ${what} ${hash}`;
}
