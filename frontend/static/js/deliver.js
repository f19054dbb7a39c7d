/** Holds how a finished answer leaves the page, the only place that knows; it draws nothing and keeps no copy. */

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const TIME_LIMIT_MS = 15_000;
const PASSING = new Set([0, 408, 425, 429]);

/** The server has answered and will not take the answer as it is; `status` is its HTTP status. */
export class Refused extends Error {
  constructor(status) {
    super(`the answer was refused with ${status}`);
    this.status = status;
  }
}

/**
 * Sends a response until the server has stored it; resolves then and not before.
 *
 * `response` is the body of `PUT /api/v1/responses/{id}` plus its `id`, made once per form: sending it again is
 * harmless. `waiting(retry)` is told after each attempt that failed in passing (no network, 408, 425, 429, 5xx), and
 * `retry()` cuts the wait short. Waits double from 1 s to 30 s and end when the network comes back. Throws `Refused`.
 */
export async function deliver(response, { waiting = () => {} } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    const status = await attemptOnce(response);
    if (status === 200 || status === 201) return;
    if (!PASSING.has(status) && status < 500) throw new Refused(status);
    await pause(attempt, waiting);
  }
}

async function attemptOnce({ id, ...body }) {
  try {
    const answer = await fetch(`/api/v1/responses/${id}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return answer.type === "opaqueredirect" ? 401 : answer.status;
  } catch {
    return 0;
  }
}

function pause(attempt, waiting) {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return new Promise((resolve) => {
    const retry = () => {
      clearTimeout(timer);
      window.removeEventListener("online", retry);
      resolve();
    };
    const timer = setTimeout(retry, longest * (0.75 + Math.random() / 4));
    window.addEventListener("online", retry);
    waiting(retry);
  });
}
