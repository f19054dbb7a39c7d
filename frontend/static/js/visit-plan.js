/** Holds what a visit knows without a network: the plan, today's sessions and who is in them; all in the vault. */

import { forget, keep, recall } from "./vault.js";
import { localDay } from "./visit-words.js";

const DAY_MS = 24 * 60 * 60 * 1_000;
const PLAN = "plan";
const SESSIONS = "sessions";

let writing = Promise.resolve();

/** Gives the plan made at the office, or null when there is none or it is more than 24 hours old. */
export function recallPlan() {
  return recall(PLAN, { withinMs: DAY_MS });
}

/** Gives the moment from which the plan cannot be read any more. */
export function endOf(plan) {
  return new Date(new Date(plan.made_at).getTime() + DAY_MS);
}

/** Removes the plan and the sessions made here; answers that wait are elsewhere and stay. */
export function forgetPlan() {
  return inTurn(() => forget(PLAN, SESSIONS));
}

/**
 * Gives today's visit to a family: `{session, made, present, others, answered}`.
 *
 * `made` says whether the session was made on this tablet; `present` and `answered.start|end` hold keys of people (a
 * member's id, or the key of one who is not on the list); `others` are `{key, alias, age_group}`.
 */
export async function visitOf(family) {
  const kept = (await visitsToday())[family.episode_id];
  return kept ? withAnswers(kept, family.session) : firstVisit(family);
}

/** Keeps a visit, one write after the other; those of other days go. */
export function keepVisit(family, visit) {
  return inTurn(async () => keep(SESSIONS, { ...(await visitsToday()), [family.episode_id]: visit }));
}

/** Gives the visit with a new session of its own; everybody chosen before stays chosen. */
export function freshVisit(visit) {
  return { ...visit, session: newSession(), made: true, answered: { start: [], end: [] } };
}

/** Gives everybody who can be here, in the plan's order: `{key, alias, place|age_group, start, end}` with turns. */
export function peopleOf(family, visit) {
  const members = family.members.map((member) => ({ key: member.id, ...member }));
  const others = visit.others.map((other) => ({
    ...other,
    start: unlistedTurn(family, other, "start"),
    end: unlistedTurn(family, other, "end"),
  }));
  return [...members, ...others];
}

/** Gives those who are here and have not answered this phase's form. */
export function waitingFor(family, visit, phase) {
  const left = (key) => visit.present.includes(key) && !visit.answered[phase].includes(key);
  return peopleOf(family, visit).filter(({ key }) => left(key));
}

/** Gives the sitting that the family is handed: one turn each, nothing to go back to but the visit. */
export function sittingOf(plan, family, visit, phase) {
  return {
    id: crypto.randomUUID(),
    staff: { id: plan.staff.id, language: plan.staff.language },
    session: { ...visit.session, episode_id: family.episode_id },
    turns: waitingFor(family, visit, phase).map((person) => person[phase]),
    next: null,
  };
}

/** Gives the planned family that a sitting belongs to, or undefined. */
export async function familyOf(plan, { session }) {
  const visits = await Promise.all(plan.families.map(visitOf));
  return plan.families.find((_, index) => visits[index].session.id === session.id);
}

/** Gives a visit in which the first `done` turns of a sitting are answered or skipped. */
export function answeredIn(family, visit, { turns }, done) {
  const given = (phase) =>
    turns
      .slice(0, done)
      .filter(({ instrument }) => family.forms[phase].some((form) => form.instrument === instrument))
      .map((turn) => keyOf(visit, turn));
  const { start, end } = visit.answered;
  return { ...visit, answered: { start: [...start, ...given("start")], end: [...end, ...given("end")] } };
}

/** Writes follow one another, so that a late one never undoes a newer. */
function inTurn(write) {
  writing = writing.catch(() => {}).then(write);
  return writing;
}

async function visitsToday() {
  const visits = Object.entries((await recall(SESSIONS, { withinMs: DAY_MS })) ?? {});
  return Object.fromEntries(visits.filter(([, { session }]) => session.held_on === localDay()));
}

/** Whoever was said to be here when the plan was made is proposed, and everybody where nobody was. */
function firstVisit(family) {
  const planned = family.session?.held_on === localDay() ? family.session : null;
  const visit = {
    session: planned ? plain(planned) : newSession(),
    made: !planned,
    present: planned?.present?.length ? planned.present : family.members.map(({ id }) => id),
    others: [],
    answered: { start: [], end: [] },
  };
  return withAnswers(visit, planned);
}

/** Adds who had answered when the plan was made; a plan of an older version of Linjen does not say it. */
function withAnswers(visit, planned) {
  if (planned?.id !== visit.session.id) return visit;
  const both = (phase) => [...new Set([...visit.answered[phase], ...(planned.answered?.[phase] ?? [])])];
  return { ...visit, answered: { start: both("start"), end: both("end") } };
}

function plain({ id, held_on, kind }) {
  return { id, held_on, kind };
}

function keyOf({ others }, { member_id: member, person }) {
  return member ?? others.find(({ alias }) => alias === person.alias)?.key;
}

function newSession() {
  return { id: crypto.randomUUID(), held_on: localDay(), kind: "family" };
}

function unlistedTurn(family, { alias, age_group }, phase) {
  const [form] = family.forms[phase];
  return {
    member_id: null,
    rater_id: null,
    who: alias,
    about: null,
    seen_by: family.seen_by,
    language: "da",
    instrument: form.instrument,
    version: form.version,
    person: { alias, age_group },
  };
}
