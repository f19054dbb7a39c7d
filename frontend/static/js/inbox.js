/** Holds one request to the server's inbox and what its answer means; what follows from it is the sender's. */

const TIME_LIMIT_MS = 15_000;
const LONGEST_ASKED_MS = 3_600_000;

/** The server could not read the request as a whole: too large, or something in it is in the way of the rest. */
const UNREADABLE = new Set([400, 413, 422]);

/**
 * Posts up to 50 envelopes with what the tablet says of itself, and never throws. Gives one of
 * `{kind: "answered", receipts, key, now, revoked}`, `{kind: "unreadable"}`, `{kind: "not-enrolled"}`,
 * `{kind: "refused"}`, or `{kind: "later", reached, waitMs}` with the wait the server asks for (0 when it asks none).
 */
export async function post(envelopes, state) {
  try {
    const answer = await fetch("/api/v1/inbox", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ envelopes, state }),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return answer.status === 200 ? answered(await answer.json()) : turnedAway(answer);
  } catch {
    return { kind: "later", reached: false, waitMs: 0 };
  }
}

/** A network's own page can come with 200 too, and acknowledges nothing. */
function answered(body) {
  if (!Array.isArray(body?.receipts)) return { kind: "later", reached: false, waitMs: 0 };
  return { ...body, kind: "answered" };
}

function turnedAway({ status, headers }) {
  if (status === 401) return { kind: "not-enrolled" };
  if (status === 403) return { kind: "refused" };
  if (UNREADABLE.has(status)) return { kind: "unreadable" };
  const reached = status > 0 && status < 500;
  return { kind: "later", reached, waitMs: asked(headers.get("Retry-After")) };
}

/** Gives the milliseconds of a Retry-After, which is seconds or a date; an hour at most. */
function asked(text) {
  if (!text) return 0;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Math.min(Math.max(wait || 0, 0), LONGEST_ASKED_MS);
}
