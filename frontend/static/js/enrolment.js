/** Holds what this tablet is to the server: its id, the key it seals with, when it last heard from it; no answers. */

import { erase, read, transact, write } from "./store.js";

const TIME_LIMIT_MS = 15_000;

let listened = null;

/** This tablet could not be enrolled: `reason` is "storage", "refused" or "unreached", `words` what the server said. */
export class CannotEnrol extends Error {
  constructor(reason, words) {
    super(`the tablet was not enrolled: ${reason}`);
    this.reason = reason;
    this.words = words;
  }
}

/** Gives `{tablet, name, key: {kid, public}}` of this tablet, or null when it is not enrolled. */
export async function enrolled() {
  return (await read("tablet")) ?? null;
}

/**
 * Enrols this tablet under a name and gives what `enrolled()` gives from then on; staff must be logged in.
 *
 * Storage is tried for real first: a strict write, and an AES key that comes back whole. Throws `CannotEnrol`.
 */
export async function enrol(name) {
  await tryStorage();
  const persisted = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  const { id, key, name: given } = await ask({ name, persisted });
  const tablet = { tablet: id, name: given, key };
  await write("tablet", tablet).catch((error) => {
    throw new CannotEnrol("storage", error.message);
  });
  return tablet;
}

/** Replaces the key to seal with; what is sealed already stays as it is. */
export function newKey(key) {
  return transact("readwrite", async ({ kept }) => {
    const tablet = await kept.get("tablet");
    if (tablet && tablet.key?.kid !== key.kid) await kept.put({ ...tablet, key }, "tablet");
  });
}

/** Remembers the server's time, ISO 8601, as heard now. */
export async function hear(now) {
  listened = { server: now, since: performance.now() };
  await write("heard", { server: now, at: Date.now() });
}

/**
 * Gives the last server time heard and how long ago that was: `{server, after_ms}`, or null.
 *
 * Within one page the monotonic clock measures; after a reload only the tablet's own can, which may have been turned.
 */
export async function heard() {
  const told = await read("heard");
  if (!told) return null;
  const own = listened?.server === told.server ? performance.now() - listened.since : Date.now() - told.at;
  return { server: told.server, after_ms: Math.max(0, Math.round(own)) };
}

async function tryStorage() {
  try {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await write("trial", key);
    const cipher = { name: "AES-GCM", iv: crypto.getRandomValues(new Uint8Array(12)) };
    const sealed = await crypto.subtle.encrypt(cipher, key, new Uint8Array([1]));
    const opened = await crypto.subtle.decrypt(cipher, await read("trial"), sealed);
    await erase("trial");
    if (new Uint8Array(opened)[0] !== 1) throw new Error("another key came back");
  } catch (error) {
    throw new CannotEnrol("storage", error.message);
  }
}

async function ask(body) {
  const answer = await fetch("/api/v1/tablets", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  }).catch((error) => {
    throw new CannotEnrol("unreached", error.message);
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 201 && said.key?.public) return said;
  if (answer.status >= 500) throw new CannotEnrol("unreached", said.detail);
  throw new CannotEnrol("refused", said.detail);
}
