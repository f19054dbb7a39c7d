/** Holds the screen of one family on a visit: who is here with which form, one more, handing over; it sends nothing. */

import { fill } from "./moments.js";
import { showMore } from "./visit-more.js";
import { choose, freshVisit, keepVisit, peopleOf, titleIn, waitingFor } from "./visit-plan.js";
import { onPress, piece, screen } from "./visit-screen.js";
import { words } from "./visit-words.js";

const CPR = /(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[\s-]?\d{4}(?!\d)/;
const PHASES = ["start", "end"];

/**
 * Shows who is here, and lets staff hand the tablet over.
 *
 * `visit` is today's visit to the family, kept after every change. `leave()` goes back to the families; `handOver(visit,
 * turns)` gives the tablet away and resolves with a sentence when that was not possible; `again` shows lines that are
 * still in memory, or is null.
 */
export function showFamily({ family, visit, leave, handOver, again }) {
  const heading = fill(words.familyToday, { family: family.alias });
  const part = screen("family", { family: family.alias, heading });
  let now = visit;
  const change = async (changed) => {
    now = changed;
    draw(part, family, now);
    await keepVisit(family, now).catch(() => complain(part, words.failed));
  };
  draw(part, family, now);
  part("families").addEventListener("click", leave);
  part("people").addEventListener("change", ({ target }) => change(changed(part, family, now, target)));
  part("fresh").addEventListener("click", () => change(freshVisit(now)));
  part("other").addEventListener("submit", (event) => add(event, part, family, now, change));
  part("again").hidden = !again;
  part("again").addEventListener("click", again);
  for (const button of phaseButtons(part)) {
    onPress(button, async () => complain(part, await hand(family, now, button.dataset.phase, handOver)));
  }
  showMore(part("more"), family, visit, async (turn) => complain(part, (await handOver(now, [turn])) ?? ""));
}

function changed(part, family, visit, field) {
  const { key } = field.closest("[data-key]").dataset;
  if (field.name === "present") return { ...visit, present: ticked(part) };
  return choose(family, visit, key, field.name, field.value);
}

async function hand(family, visit, phase, handOver) {
  if (!visit.present.length) return words.nobody;
  const waiting = waitingFor(family, visit, phase);
  if (!waiting.length) return words.everybody;
  return (await handOver(visit, waiting.map((person) => person[phase]))) ?? "";
}

function draw(part, family, visit) {
  complain(part, "");
  drawPeople(part("people"), family, visit);
  const next = nextPhase(family, visit);
  for (const button of phaseButtons(part)) {
    const { phase } = button.dataset;
    button.querySelector("span").textContent = fill(words.phase[phase], { form: titlesOf(family, visit, phase) });
    button.classList.toggle("button-primary", phase === next);
  }
  const begun = visit.answered.start.length + visit.answered.end.length > 0;
  part("fresh").hidden = visit.made && !begun;
  part("session").textContent = visit.made ? (begun ? words.begun : words.fresh) : words.planned;
}

/** Names the forms of those who have not answered yet, or of everybody. */
function titlesOf(family, visit, phase) {
  const waiting = waitingFor(family, visit, phase);
  const people = waiting.length ? waiting : peopleOf(family, visit);
  const titles = people.map((person) => titleIn(family, phase, person[phase].instrument).toLocaleLowerCase());
  return [...new Set(titles)].join(", ");
}

/** Rows stay where they are, so that the finger and the keyboard do not lose their place. */
function drawPeople(list, family, visit) {
  for (const person of peopleOf(family, visit)) {
    const row = list.querySelector(`[data-key="${person.key}"]`) ?? list.appendChild(rowOf(person));
    row.querySelector("[name=present]").checked = visit.present.includes(person.key);
    drawChoice(row.querySelector(".person-form"), family, visit, person);
    const told = [describe(person), answeredWords(person, visit)].filter(Boolean);
    row.querySelector(".row-sub").textContent = told.join(" · ");
  }
}

/** The form of the start can be changed until it is answered, and then that of the end. */
function drawChoice(label, family, visit, { key, ...person }) {
  const phase = PHASES.find((each) => !visit.answered[each].includes(key));
  const offered = phase ? family.forms[phase] : [];
  label.hidden = offered.length < 2;
  const field = label.querySelector("select");
  if (field.name !== phase) {
    field.name = phase ?? "";
    field.replaceChildren(...offered.map(({ instrument, title }) => new Option(words.forms[instrument] ?? title, instrument)));
  }
  if (phase) field.value = person[phase].instrument;
}

function rowOf(person) {
  const row = piece("person", { alias: person.alias, sub: "" });
  row.dataset.key = person.key;
  return row;
}

function describe({ place, age_group: age }) {
  return age ? `${words.ages[age]}, ${words.unlisted}` : (words.places[place] ?? "");
}

function answeredWords({ key }, { answered }) {
  const given = PHASES.filter((phase) => answered[phase].includes(key));
  return given.length > 1 ? words.answered.both : words.answered[given[0]];
}

/** The start form until somebody has answered it and nobody is left, or until the end has begun. */
function nextPhase(family, visit) {
  const { start, end } = visit.answered;
  if (end.length || (start.length && !waitingFor(family, visit, "start").length)) return "end";
  return "start";
}

function ticked(part) {
  return [...part("people").children].filter((row) => row.querySelector("[name=present]").checked).map((row) => row.dataset.key);
}

function phaseButtons(part) {
  return part("phases").children;
}

function complain(part, sentence) {
  part("mistake").textContent = sentence;
}

function add(event, part, family, visit, change) {
  event.preventDefault();
  const { alias: field, age_group: ages } = event.target.elements;
  const alias = field.value.trim().replace(/\s+/g, " ");
  const mistake = mistakeIn(alias, peopleOf(family, visit));
  part("alias-mistake").textContent = mistake;
  field.setAttribute("aria-invalid", String(Boolean(mistake)));
  if (mistake) return field.focus();
  const other = { key: crypto.randomUUID(), alias, age_group: ages.value };
  event.target.reset();
  change({ ...visit, others: [...visit.others, other], present: [...visit.present, other.key] });
  return part("people").lastElementChild.querySelector("input").focus();
}

function mistakeIn(alias, people) {
  if (!alias) return words.aliasMissing;
  if (CPR.test(alias)) return words.aliasCpr;
  const same = (person) => person.alias.localeCompare(alias, undefined, { sensitivity: "accent" }) === 0;
  return people.some(same) ? words.aliasTaken : "";
}
