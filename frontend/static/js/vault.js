/** Holds what this tablet keeps for a while, encrypted with a key that never leaves it: plan, sitting, draft, PIN. */

import { erase, read, transact } from "./store.js";

const KEY = "vault key";
const CIPHER = { name: "AES-GCM", length: 256 };

/** Keeps a value that JSON can hold under a name; resolves after the commit. */
export async function keep(name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify({ at: Date.now(), value }));
  const sealed = await crypto.subtle.encrypt(sealedAs(name, iv), await key(), text);
  await transact("readwrite", ({ kept }) => kept.put({ iv, sealed }, place(name)));
}

/**
 * Gives the value kept under a name, or null when there is none.
 *
 * One that is `withinMs` from now or more, in either direction of the clock, or that cannot be read, is removed.
 */
export async function recall(name, { withinMs }) {
  const row = await read(place(name));
  if (!row) return null;
  const opened = await unseal(name, row);
  if (opened && Math.abs(Date.now() - opened.at) < withinMs) return opened.value;
  await forget(name);
  return null;
}

/** Removes what is kept under these names. */
export function forget(...names) {
  return erase(...names.map(place));
}

async function unseal(name, { iv, sealed }) {
  try {
    const text = await crypto.subtle.decrypt(sealedAs(name, iv), await key(), sealed);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

/** Gives this tablet's key; of two tabs that make one at the same time, the first to commit is right. */
async function key() {
  const known = await read(KEY);
  if (known) return known;
  const fresh = await crypto.subtle.generateKey(CIPHER, false, ["encrypt", "decrypt"]);
  return transact("readwrite", async ({ kept }) => {
    const first = await kept.get(KEY);
    if (!first) await kept.put(fresh, KEY);
    return first ?? fresh;
  });
}

function place(name) {
  return `vault ${name}`;
}

function sealedAs(name, iv) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place(name)) };
}
