/** Holds what this tablet is to the server: its id, the key it seals with, when it last heard from it; no answers. */

import { read, transact, write } from "./store.js";

let listened = null;

/** Gives `{tablet, name, key: {kid, public}}` of this tablet, or null when it is not enrolled. */
export async function enrolled() {
  return (await read("tablet")) ?? null;
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
