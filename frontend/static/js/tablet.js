/** Holds what the shell begins with: a sitting under way, one just handed over, staff's way back, or a visit; no screen. */

import { script } from "./patience.js";
import { startSending } from "./sender.js";
import { recallSitting, runSitting, unlocking } from "./sitting.js";
import { forget, keep, recall } from "./vault.js";
import { register, unlockAddresses } from "./worker.js";

const TIME_LIMIT_MS = 3_000;
const RELEASED_MS = 12 * 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const TODAY = "/i-dag";

const visiting = script((again) => import(`./visit.js${again}`));

startSending();
register();
begin();

/** A sitting on this tablet wins over everything, whatever address was asked for and whatever the server says. */
async function begin() {
  const under = await recallSitting().catch(() => null);
  if (under) return run(under.sitting);
  await unlockAddresses().catch(console.warn);
  const { status, sitting } = await askTurns();
  if (sitting?.together) return lockedByServer(sitting.staff, sitting.together);
  if (status === 200) return (await wasReleased(sitting)) ? lockedByServer(sitting.staff) : run(sitting);
  if (status === 404) return lockedByServer();
  if (status === 409 || status === 403) return leave(TODAY);
  if (status === 401 && !(await hasPlan())) return leave(TODAY);
  return visits();
}

async function run(sitting) {
  const { next, offline, lines, done } = await runSitting(sitting);
  if (offline && sitting.next) await keep("released", sitting.id).catch(console.warn);
  if (next) return leave(next);
  return visits({ sitting, lines, done });
}

/** The server holds its lock: the family is finished here, unlocked without it, or looks at its lines, at `back`. */
async function lockedByServer({ id = null, language = "da" } = {}, back = null) {
  const { askPin } = await unlocking();
  const unlocked = await askPin({ language, staff: id, back: back !== null });
  if (!unlocked) return leave(back);
  const { next } = unlocked;
  await forget("released").catch(console.warn);
  return next ? leave(next) : visits();
}

async function visits(after = null) {
  const { startVisits } = await visiting();
  return startVisits({ after });
}

function leave(address) {
  location.replace(address);
}

async function wasReleased({ id }) {
  return (await recall("released", { withinMs: RELEASED_MS }).catch(() => null)) === id;
}

async function hasPlan() {
  return Boolean(await recall("plan", { withinMs: DAY_MS }).catch(() => null));
}

async function askTurns() {
  try {
    const answer = await fetch("/tablet/ture", {
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    return { status: answer.status, sitting: answer.ok ? await answer.json() : null };
  } catch {
    return { status: 0, sitting: null };
  }
}
