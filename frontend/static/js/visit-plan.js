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
 * Gives today's visit to a family: `{session, made, present, others, chosen, answered}`.
 *
 * `made` says whether the session was made on this tablet; `present` and `answered.start|end` hold keys of people (a
 * member's id, or the key of one who is not on the list), `answered.more` keys of other turns; `others` are
 * `{key, alias, age_group}`, and `chosen` is the form that staff chose, `{key: {start, end}}`.
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
  return { ...visit, session: newSession(), made: true, answered: nobody() };
}

/** Gives everybody who can be here, in the plan's order: `{key, alias, place|age_group, start, end}` with turns. */
export function peopleOf(family, visit) {
  const members = family.members.map((member) => ({ key: member.id, ...member }));
  const others = visit.others.map((other) => ({
    ...other,
    start: unlistedTurn(family, other, "start"),
    end: unlistedTurn(family, other, "end"),
  }));
  return [...members, ...others].map((person) => withChosen(family, person, visit.chosen?.[person.key]));
}

/** Gives a visit in which staff chose a form for somebody; one for the start brings that for the same age at the end. */
export function choose(family, visit, key, phase, instrument) {
  const age = formOf(family, phase, instrument).ages?.at(-1);
  const end = phase === "start" ? formFor(family, "end", age).instrument : instrument;
  const own = { ...visit.chosen?.[key], [phase]: instrument };
  return { ...visit, chosen: { ...visit.chosen, [key]: { ...own, end } } };
}

/** Gives the turns besides start and end that are left, a list for each person who answers. */
export function moreTurns(family, visit) {
  const people = new Map();
  for (const turn of family.members.flatMap(({ more = [] }) => more)) {
    const key = turn.rater_id ?? turn.member_id;
    if (!people.has(key)) people.set(key, []);
    if (!visit.answered.more?.includes(keyOfMore(turn))) people.get(key).push(turn);
  }
  return [...people.values()].filter((turns) => turns.length);
}

/** Gives those who are here and have not answered this phase's form. */
export function waitingFor(family, visit, phase) {
  const left = (key) => visit.present.includes(key) && !visit.answered[phase].includes(key);
  return peopleOf(family, visit).filter(({ key }) => left(key));
}

/** Gives the sitting of these turns that the family is handed: nothing to go back to but the visit. */
export function sittingOf(plan, family, visit, turns) {
  return {
    id: crypto.randomUUID(),
    staff: { id: plan.staff.id, language: plan.staff.language },
    session: { ...visit.session, episode_id: family.episode_id },
    turns,
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
  const over = turns.slice(0, done);
  const own = over.filter(isShared);
  const given = (phase) =>
    own
      .filter(({ instrument }) => family.forms[phase].some((form) => form.instrument === instrument))
      .map((turn) => keyOf(visit, turn));
  const { start, end, more = [] } = visit.answered;
  return {
    ...visit,
    answered: {
      start: [...start, ...given("start")],
      end: [...end, ...given("end")],
      more: [...more, ...over.filter((turn) => !isShared(turn)).map(keyOfMore)],
    },
  };
}

/** Says whether a turn is somebody's own at the start or the end, whose lines are looked at together afterwards. */
export function isShared({ phase, rater_id: rater }) {
  return phase !== "any" && !rater;
}

/** Gives the title of a form that can be given in a phase. */
export function titleIn(family, phase, instrument) {
  return formOf(family, phase, instrument).title;
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
    chosen: {},
    answered: nobody(),
  };
  return withAnswers(visit, planned);
}

/** Adds who had answered when the plan was made; a plan of an older version of Linjen does not say it. */
function withAnswers(visit, planned) {
  if (planned?.id !== visit.session.id) return visit;
  const both = (phase) => [...new Set([...visit.answered[phase], ...(planned.answered?.[phase] ?? [])])];
  return { ...visit, answered: { ...visit.answered, start: both("start"), end: both("end") } };
}

function nobody() {
  return { start: [], end: [], more: [] };
}

function keyOfMore({ member_id: member, rater_id: rater, instrument, wave }) {
  return [member, rater, instrument, wave].join(" ");
}

function formOf(family, phase, instrument) {
  return family.forms[phase].find((form) => form.instrument === instrument) ?? family.forms[phase][0];
}

function formFor(family, phase, age) {
  return family.forms[phase].find(({ ages = [] }) => ages.includes(age)) ?? family.forms[phase][0];
}

function withChosen(family, person, chosen = {}) {
  const turn = (phase) => {
    if (!chosen[phase] || chosen[phase] === person[phase].instrument) return person[phase];
    const { instrument, version, languages } = formOf(family, phase, chosen[phase]);
    const spoken = person.language ?? person[phase].language;
    return { ...person[phase], instrument, version, language: languages.includes(spoken) ? spoken : "da" };
  };
  return { ...person, start: turn("start"), end: turn("end") };
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
  const form = formFor(family, phase, age_group);
  return {
    member_id: null,
    rater_id: null,
    who: alias,
    about: null,
    seen_by: family.seen_by,
    language: "da",
    instrument: form.instrument,
    version: form.version,
    phase,
    child: age_group === "child",
    wave: null,
    goals: [],
    person: { alias, age_group },
  };
}
