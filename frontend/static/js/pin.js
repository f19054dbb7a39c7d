/** Holds the PIN code without a network: a slow verifier of it in the vault, and the wait after wrong ones; no screen. */

import { erase, read, write } from "./store.js";
import { keep, recall } from "./vault.js";

const ROUNDS = 600_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
const TRIES = 5;
const PLACE = "pin tries";

/** Keeps what a PIN code that is right can be known by for 24 hours, and forgives the wrong ones before it. */
export async function rememberPin(pin, staffId) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await keep("pin", { staff: staffId, salt: [...salt], rounds: ROUNDS, verifier: await verifierOf(pin, salt, ROUNDS) });
  await erase(PLACE);
}

/** Says whether a PIN code of this person (null: of anybody) can be tried here. */
export async function knowsPin(staffId = null) {
  return Boolean(await verifierFor(staffId));
}

/** Says of a PIN code "right", "wrong", "unknown" (none is kept, or another person's) or `{waitMs}`: too many tries. */
export async function checkPin(pin, staffId = null) {
  const waitMs = await waitLeft();
  if (waitMs > 0) return { waitMs };
  const known = await verifierFor(staffId);
  if (!known) return "unknown";
  const verifier = await verifierOf(pin, Uint8Array.from(known.salt), known.rounds);
  if (verifier !== known.verifier) {
    await countWrong();
    return "wrong";
  }
  await erase(PLACE);
  return "right";
}

/** Counts one wrong PIN code: the fifth within a minute makes everybody wait, and each wait doubles, to an hour. */
export async function countWrong() {
  const { wrong = [], waits = 0 } = (await read(PLACE)) ?? {};
  const recent = [...wrong.filter((at) => Math.abs(Date.now() - at) < MINUTE_MS), Date.now()];
  const full = recent.length >= TRIES;
  await write(PLACE, full ? { waits: waits + 1, from: Date.now() } : { wrong: recent, waits, from: 0 });
}

/** Gives how many milliseconds are left before a PIN code may be tried again; 0 when it may. */
export async function waitLeft() {
  const { waits = 0, from = 0 } = (await read(PLACE)) ?? {};
  if (!from) return 0;
  const wait = Math.min(MINUTE_MS * 2 ** (waits - 1), LONGEST_WAIT_MS);
  return Math.min(Math.max(from + wait - Date.now(), 0), wait);
}

async function verifierFor(staffId) {
  const known = await recall("pin", { withinMs: DAY_MS });
  return known && (!staffId || known.staff === staffId) ? known : null;
}

async function verifierOf(pin, salt, iterations) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, secret, 256);
  return [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
