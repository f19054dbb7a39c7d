/** Holds how long work waits for what may never come, a script or another tab, and how it goes on then; it knows no meaning. */

/** A request that was on its way when the network went may never be answered, and its address is not asked for anew. */
const SCRIPT_MS = 4_000;

let times = 0;

/** Gives what a promise gives; throws a `TimeoutError` when that takes longer than `ms`. */
export function inTime(promise, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException(`nothing came within ${ms} ms`, "TimeoutError")), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Gives a module that is fetched when it is needed, from this tablet where the network swallowed it. Throws without it.
 *
 * `load("")` imports it; when that fails or takes too long, `load("?again=1")` does so under an address that no
 * failure is remembered for.
 */
export function script(load) {
  return inTime(load(""), SCRIPT_MS).catch(() => inTime(load(`?again=${(times += 1)}`), SCRIPT_MS));
}

/** Runs `work` while no other tab holds this name, or after `ms` in spite of it: a frozen tab may have the lock in its hand. */
export async function alone(name, work, ms) {
  let begun = null;
  const once = () => (begun ??= work());
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(ms) }, once);
  } catch {
    return once();
  }
}
