/** Holds a sitting: turn after turn, each behind its lock screen, one deposit each; how answers travel is the outbox's. */

import { Form, partsOf } from "./form.js";
import { afterPaint } from "./frame.js";
import { deposit, latest, sealing } from "./outbox.js";
import { alone, script } from "./patience.js";
import { onStatus } from "./sender.js";
import { blankForm, hold, show, words } from "./stage.js";
import { forget, keep, recall } from "./vault.js";
import { holdOff, lockAddresses, unlockAddresses } from "./worker.js";

const SITTING_MS = 12 * 60 * 60 * 1_000;
const DRAFT_MS = 20 * 60 * 1_000;
const LOOK_MS = 15_000;

/** Two windows that did not wait for each other keep one answer: it has one id. */
const OTHER_WINDOW_MS = 3_000;

/** Gives staff's way back. */
export const unlocking = script((again) => import(`./unlock.js${again}`));

/** Whoever takes longer than this to begin leaves the network free for what is needed at the end. */
const IDLE_MS = 500;
const TOUCHES = ["pointerdown", "keydown"];

/** Gives `{sitting, done, thanks, id}` of a sitting that is under way on this tablet, or null. */
export function recallSitting() {
  return recall("sitting", { withinMs: SITTING_MS });
}

/**
 * Runs a sitting from wherever it stands until staff has unlocked, and gives `{next, offline, lines, done}`.
 *
 * `sitting` is what the server or a visit handed over. `next` is where the server leads staff, null without one; `done`
 * is the number of turns that are over, and `lines` are `{key, who, instrument, version, language, marks}` of the
 * forms finished since the page was loaded; `key` tells people apart who share a name.
 */
export async function runSitting(sitting) {
  holdOff();
  fetchAhead(sitting);
  const end = new AbortController();
  const run = { sitting, lines: [], state: await stateOf(sitting) };
  document.addEventListener("visibilitychange", () => checkStill(run), { signal: end.signal });
  await step(run, {});
  await lockAddresses().catch(console.warn);
  for (;;) {
    const turn = sitting.turns[run.state.done];
    if ((await choice(run, turn)) === "begin") {
      await fillIn(run, turn);
    } else {
      const unlocked = await pinPad(sitting.staff);
      if (!unlocked) continue;
      end.abort();
      await forget("sitting", "draft");
      await unlockAddresses();
      const { lines, state } = run;
      return { next: sitting.next && unlocked.next, offline: unlocked.offline, lines, done: state.done };
    }
  }
}

async function stateOf(sitting) {
  const kept = await recallSitting().catch(() => null);
  if (kept?.sitting.id !== sitting.id) return { sitting, done: 0, thanks: null, id: crypto.randomUUID() };
  const over = (await latest().catch(() => null)) === kept.id;
  return over ? { ...kept, ...after(kept, false) } : kept;
}

/** Gives what changes when a turn's answer is in the outbox; after a crash right then, it is known from the outbox. */
function after({ sitting, done }, kept) {
  const { who, language } = sitting.turns[done];
  return { done: done + 1, thanks: { who, language, kept }, id: crypto.randomUUID() };
}

/** Goes on in memory even when it cannot be kept: what must not be lost is an answer, and that is the outbox's. */
async function step(run, change) {
  run.state = { ...run.state, ...change };
  await keep("sitting", run.state).catch(console.warn);
}

function fetchAhead({ turns }) {
  for (const { instrument, version, language } of turns) {
    words(language);
    blankForm(instrument, version, language).then(partsOf).catch(() => {});
  }
}

/** Another window may have gone on meanwhile, or staff may have unlocked there. */
async function checkStill(run) {
  if (document.visibilityState !== "visible") return;
  const now = await recallSitting().catch(() => run.state);
  if (now?.sitting.id !== run.sitting.id || now.done !== run.state.done) location.reload();
}

/** Shows the lock screen of a turn, or the last screen without one, and gives what was chosen: "begin" or "unlock". */
async function choice({ state }, turn) {
  const language = (turn ?? state.thanks ?? state.sitting.staff).language;
  const screens = await words(language);
  const slots = { next: turn?.who, child: turn?.child, thanks: state.thanks?.who, kept: state.thanks?.kept };
  show(turn ? screens.handover : screens.finished, slots);
  const screen = document.querySelector("#stage main");
  const forgetStatus = tellWhenSent(screen);
  const idle = setTimeout(fetchForLater, IDLE_MS);
  return new Promise((resolve) => {
    screen.addEventListener("click", async ({ target }) => {
      const chosen = target.closest("[data-choice]")?.dataset.choice;
      if (!chosen || (chosen === "begin" && !(await canBegin(turn, screen)))) return;
      clearTimeout(idle);
      forgetStatus();
      hold();
      resolve(chosen);
    });
  });
}

/** What is needed when a form is done: nobody waits for it to mark a line. */
function fetchForLater() {
  for (const part of [sealing().then(({ ciphers }) => ciphers()), unlocking()]) part.catch(console.warn);
}

async function pinPad({ language, id: staff }) {
  const screen = await unlocking().catch(console.warn);
  return screen ? screen.askPin({ language, staff }) : null;
}

async function canBegin({ instrument, version, language }, screen) {
  try {
    return Boolean(await partsOf(await blankForm(instrument, version, language)));
  } catch {
    screen.querySelector(".between-promise").textContent = screen.dataset.unreached;
    return false;
  }
}

function tellWhenSent(screen) {
  const place = screen.querySelector(".between-sent");
  return onStatus(({ waiting }) => {
    if (waiting > 0 || screen.classList.contains("sent")) return;
    screen.classList.add("sent");
    if (place) place.textContent = place.dataset.sent;
  });
}

/** Opens the form of a turn; comes back when it is answered, skipped, left alone for 20 minutes, or given to staff. */
async function fillIn(run, turn) {
  const { instrument, version, language, who, about, seen_by, goals } = turn;
  const draft = new Draft(`${run.sitting.id} ${run.state.done}`);
  const [template, draftLines] = await Promise.all([blankForm(instrument, version, language), draft.recall()]);
  const parts = await partsOf(template);
  show(template, { who, about, seen_by });
  afterPaint(fetchForLater);
  await new Promise((resolve) => {
    const leave = whenIdle(async () => {
      await draft.forget();
      resolve();
    });
    const ended = async (given) => {
      await finish(run, turn, given);
      leave();
      draft.forget();
      resolve();
    };
    const unlock = () => {
      leave();
      resolve();
    };
    const changed = (lines) => draft.keep(lines);
    const form = document.querySelector("#stage .form");
    new Form(form, { deposit: ended, parts, goals, draft: draftLines, changed, unlock });
  });
}

/** Deposits a turn's answer once: whoever else has this sitting open waits until that is known, and then finds it done. */
function finish(run, turn, given) {
  return new Promise((resolve, reject) => {
    const once = async () => {
      const now = await recallSitting().catch(() => null);
      if (now?.sitting.id === run.sitting.id && now.done > run.state.done) return resolve(void (run.state = now));
      await deposit(answerOf(run, turn, given));
      if (showsLines(turn, given)) run.lines.push(lineOf(turn, given.marks));
      const known = step(run, after(run.state, !given.skipped));
      resolve();
      return known;
    };
    alone("linjen-sitting", once, OTHER_WINDOW_MS).catch(reject);
  });
}

function answerOf({ sitting, state }, turn, { marks, answers, anonymous, skipped, capture }) {
  return {
    id: state.id,
    staff_id: sitting.staff.id,
    session: sitting.session,
    member_id: turn.member_id,
    person: turn.person ?? null,
    rater_id: turn.rater_id,
    instrument: turn.instrument,
    version: turn.version,
    language: turn.language,
    wave: turn.wave ?? null,
    marks,
    answers,
    anonymous,
    skipped,
    capture,
  };
}

/** Lines that the form itself has words for: the family's goals have theirs elsewhere. */
function showsLines({ goals = [] }, { marks }) {
  return goals.length === 0 && Object.keys(marks).length > 0;
}

function lineOf({ rater_id: rater, member_id: member, who, instrument, version, language }, marks) {
  return { key: rater ?? member ?? who, who, instrument, version, language, marks };
}

/** Calls `act` when nobody has touched the form for 20 minutes, also ones the tablet slept; gives a function that ends it. */
function whenIdle(act) {
  const end = new AbortController();
  let touched = Date.now();
  const look = () => {
    if (Date.now() - touched < DRAFT_MS) return;
    stop();
    act();
  };
  const timer = setInterval(look, LOOK_MS);
  const stop = () => {
    clearInterval(timer);
    end.abort();
  };
  for (const name of TOUCHES) window.addEventListener(name, () => (touched = Date.now()), { signal: end.signal, capture: true });
  document.addEventListener("visibilitychange", look, { signal: end.signal });
  return stop;
}

/** What has been marked in one turn so far, encrypted, so that a reload does not lose it; writes never overtake another. */
class Draft {
  #turn;
  #over = false;
  #newest = null;
  #writing = Promise.resolve();

  constructor(turn) {
    this.#turn = turn;
  }

  async recall() {
    const kept = await recall("draft", { withinMs: DRAFT_MS }).catch(() => null);
    return kept?.turn === this.#turn ? kept.lines : {};
  }

  /** Somebody who writes is faster than storage: what is not the newest any more is passed over. */
  keep(lines) {
    if (this.#over) return;
    this.#newest = lines;
    const write = () => this.#newest === lines && keep("draft", { turn: this.#turn, lines });
    this.#writing = this.#writing.then(write).catch(console.warn);
  }

  /** A mark that is told after this is not kept. */
  forget() {
    this.#over = true;
    return this.#writing.then(() => forget("draft")).catch(console.warn);
  }
}
