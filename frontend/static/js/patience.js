/** Holds how long work waits for what may never come, a script or another tab, and how it goes on then; it knows no meaning. */

/** A request on its way when the network goes may never be answered, and no import asks its address anew. */
const SLOW_MS = 4_000;
const LONGEST_MS = 20_000;

let times = 0;

/** Gives what a promise gives; throws a `TimeoutError` after `ms`. */
export function inTime(promise, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException(`nothing within ${ms} ms`, "TimeoutError")), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Gives a function that gives a module, fetched once; it throws without it, and may be asked anew.
 *
 * `load("")` imports it. When that fails or is slow, `load("?again=1")` does so too, and what comes first is it.
 */
export function script(load) {
  let fetched = null;
  const forget = (error) => {
    fetched = null;
    throw error;
  };
  return () => (fetched ??= twice(load).catch(forget));
}

function twice(load) {
  const first = load("");
  return inTime(first, SLOW_MS).catch(() => inTime(Promise.any([first, load(`?again=${(times += 1)}`)]), LONGEST_MS));
}

/** Runs `work` while no other tab holds `name`, or after `ms` in spite of it: a frozen tab keeps its lock. */
export async function alone(name, work, ms) {
  let begun = null;
  const once = () => (begun ??= work());
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(ms) }, once);
  } catch {
    return once();
  }
}
