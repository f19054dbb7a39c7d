/** Holds the way through a visit without a network: PIN code, family, sitting, lines; each screen has its own file. */

import { enrolled } from "./enrolment.js";
import { fill } from "./moments.js";
import { recallSitting, runSitting } from "./sitting.js";
import { askPin } from "./unlock.js";
import { showFamily } from "./visit-family.js";
import { showLines } from "./visit-lines.js";
import {
  answeredIn,
  endOf,
  familyOf,
  forgetPlan,
  isShared,
  keepVisit,
  recallPlan,
  sittingOf,
  visitOf,
} from "./visit-plan.js";
import { onPress, piece, screen } from "./visit-screen.js";
import { momentOf, words } from "./visit-words.js";

/** As long as a login on the server lives untouched. */
const IDLE_MS = 20 * 60 * 1_000;
const LOOK_MS = 15_000;

/** `{plan}` while staff has the visit open, null while it is locked, handed over or gone. */
let open = null;
let touched = Date.now();

/** The lines of the session that is shown now: gone with the page, and when the family is left. */
let lines = [];

for (const name of ["pointerdown", "keydown"]) window.addEventListener(name, () => (touched = Date.now()), true);
document.addEventListener("visibilitychange", guard);
setInterval(guard, LOOK_MS);

/**
 * Begins the visit: without a plan the calm page that says so, with one the PIN code and then the families.
 *
 * `after` is `{sitting, lines, done}` of a sitting that this page found under way and that staff has just unlocked; the
 * way goes on from there.
 */
export async function startVisits({ after = null } = {}) {
  await dress();
  const plan = await recallPlan().catch(() => null);
  if (after) return comeBack(plan, after);
  return plan ? lock(plan) : showNone();
}

/** Its stylesheets come with the first visit screen: nobody who marks a line waits for them. */
function dress() {
  const sheets = document.getElementById("visit-words").content.cloneNode(true).querySelectorAll("link");
  document.head.append(...sheets);
  const arrived = (sheet) => new Promise((resolve) => (sheet.onload = sheet.onerror = resolve));
  return Promise.all([...sheets].map(arrived));
}

function showNone() {
  leave();
  screen("none")("again").addEventListener("click", () => location.reload());
}

async function lock(plan) {
  leave();
  const { next } = await askPin({ language: plan.staff.language, staff: plan.staff.id, back: false });
  touched = Date.now();
  return next ? location.replace(next) : showFamilies(plan);
}

/** Left alone, the visit locks; handed over in another window, this one has nothing to show. */
async function guard() {
  if (!open) return;
  if (Date.now() - touched > IDLE_MS) return void (open.plan ? lock(open.plan) : showNone());
  const handedOver = await recallSitting().catch(() => null);
  if (open && handedOver) location.reload();
}

function leave() {
  open = null;
  lines = [];
}

function showFamilies(plan) {
  leave();
  open = { plan };
  const made = fill(words.made, { when: momentOf(new Date(plan.made_at)), end: momentOf(endOf(plan)) });
  const part = screen("families", { made });
  part("families").append(...plan.families.map((family) => rowOf(plan, family)));
  part("lock").addEventListener("click", () => lock(plan));
  onPress(part("forget"), () => forgetPlan().then(showNone));
}

function rowOf(plan, family) {
  const row = piece("row", { alias: family.alias, people: family.members.map(({ alias }) => alias).join(", ") });
  onPress(row.querySelector("button"), () => openFamily(plan, family));
  return row;
}

async function openFamily(plan, family) {
  open = { plan };
  showFamily({
    family,
    visit: await visitOf(family),
    leave: () => showFamilies(plan),
    handOver: (visit, turns) => handOver(plan, family, visit, turns),
    again: lines.length ? () => showTogether(plan, family) : null,
  });
}

/** Hands the tablet over, and comes back when staff has it again; gives a sentence when it could not be. */
async function handOver(plan, family, visit, turns) {
  if (!(await enrolled().catch(() => null))) return words.unenrolled;
  const kept = await keepVisit(family, visit).then(() => true, () => false);
  if (!kept) return words.failed;
  open = null;
  const sitting = sittingOf(plan, family, visit, turns);
  await comeBack(plan, { sitting, ...(await runSitting(sitting)) });
  return null;
}

/** The lines come first, also of a sitting that was handed over while there was a network and no plan. */
async function comeBack(plan, { sitting, lines: given, done }) {
  touched = Date.now();
  const family = plan && (await familyOf(plan, sitting));
  if (family) await keepVisit(family, answeredIn(family, await visitOf(family), sitting, done)).catch(console.warn);
  const { id } = sitting.session;
  const shared = given.filter((line) => sitting.turns.some((turn) => isShared(turn) && isLineOf(line, turn)));
  lines = [...lines.filter(({ session }) => session === id), ...shared.map((line) => ({ ...line, session: id }))];
  if (lines.length) return showTogether(plan, family);
  return family ? openFamily(plan, family) : goOn(plan);
}

function isLineOf({ key, instrument }, turn) {
  return instrument === turn.instrument && key === (turn.member_id ?? turn.who);
}

function showTogether(plan, family) {
  open = { plan };
  return showLines({ family, lines, done: () => (family ? openFamily(plan, family) : goOn(plan)) });
}

function goOn(plan) {
  return plan ? showFamilies(plan) : showNone();
}
