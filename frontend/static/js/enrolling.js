/** Holds how this tablet is enrolled: storage is tried, the server asked, what it gave kept; no button and no words. */

import { postJson } from "./posting.js";
import { erase, read, write } from "./store.js";

/** This tablet could not be enrolled: `reason` is "storage", "refused" or "unreached", `words` what the server said. */
export class CannotEnrol extends Error {
  constructor(reason, words) {
    super(`the tablet was not enrolled: ${reason}`);
    this.reason = reason;
    this.words = words;
  }
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
  const { status, said } = await postJson("/api/v1/tablets", body).catch((error) => {
    throw new CannotEnrol("unreached", error.message);
  });
  if (status === 201 && said.key?.public) return said;
  throw new CannotEnrol(status >= 500 ? "unreached" : "refused", said.detail);
}
