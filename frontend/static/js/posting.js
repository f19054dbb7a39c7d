/** Holds how a screen of staff sends JSON and reads what the server says to it; what an answer means is the caller's. */

const TIME_LIMIT_MS = 15_000;

/** Gives `{status, ok, said}`, `said` empty where the answer is no JSON; throws when the server was not reached. */
export async function postJson(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  const { status, ok } = answer;
  return { status, ok, said: await answer.json().catch(() => ({})) };
}
