/** Holds the board of a session's lines as they were marked, side by side: no number, and nothing kept after it. */

import { MARK_MAX, wordAt } from "./place.js";
import { blankForm } from "./stage.js";
import { screen } from "./visit-screen.js";

/** The drawn line of the template: where it begins and how long it is, in its own units. */
const RULE_START = 4;
const RULE_LENGTH = 112;
const OURS = "da";

/**
 * Shows everybody's lines, one column a person and one block a form.
 *
 * `lines` are `{key, who, instrument, version, language, marks}` of one session; of two by the same person with the same
 * form the later counts; a form without lines has no block.
 * `family` is undefined when the session is not of the plan. The low end is on the left whatever the language.
 */
export async function showLines({ family, lines, done }) {
  const sheets = (await Promise.all(sheetsOf(lines).map(named))).filter(({ items }) => items.length);
  const people = new Map(lines.map(({ key, who }) => [key, who]));
  const part = screen("lines", { family: family?.alias });
  part("board").append(headOf(people), ...sheets.map((sheet) => bodyOf(sheet, people, titleOf(sheet, family))));
  part("board").classList.toggle("board-many", people.size > 3);
  part("done").addEventListener("click", done);
}

function sheetsOf(lines) {
  const sheets = new Map();
  for (const line of lines) {
    const key = `${line.instrument}/${line.version}`;
    if (!sheets.has(key)) sheets.set(key, { ...line, answers: new Map() });
    sheets.get(key).answers.set(line.key, line.marks);
  }
  return [...sheets.values()];
}

/** The words of the form in the language of these screens, or where it has none, in that of the one who answered. */
async function named(sheet) {
  const { instrument, version, language } = sheet;
  const form = await blankForm(instrument, version, OURS).catch(() => blankForm(instrument, version, language));
  const items = [...form.content.querySelectorAll(".line")].map((line) => ({
    id: line.dataset.item,
    name: ownWords(line.querySelector(".line-words strong") ?? form.content.getElementById(`words-${line.dataset.item}`)),
  }));
  const { places } = JSON.parse(form.content.querySelector("main").dataset.words);
  return { ...sheet, items, places, heading: form.dataset.title };
}

/** What a collateral rater reads instead is left out: one sheet shows the member's line and the rater's. */
function ownWords(place) {
  return (place.querySelector("[data-unless]") ?? place).textContent;
}

/** Staff's short name of a form is in the plan; without one, the form's own question stands there. */
function titleOf({ instrument, heading }, family) {
  const forms = family ? [...family.forms.start, ...family.forms.end] : [];
  return forms.find((form) => form.instrument === instrument)?.title ?? heading;
}

function headOf(people) {
  const head = document.createElement("thead");
  const row = head.insertRow();
  row.insertCell();
  for (const who of people.values()) row.append(heading("col", who));
  return head;
}

function bodyOf({ items, places, answers }, people, title) {
  const body = document.createElement("tbody");
  const name = body.insertRow();
  name.className = "sheet-name";
  name.append(heading("rowgroup", title, people.size + 1));
  for (const item of items) {
    const row = body.insertRow();
    row.append(heading("row", item.name));
    for (const key of people.keys()) row.insertCell().append(...cellOf(answers.get(key)?.[item.id], places));
  }
  return body;
}

function cellOf(mark, places) {
  return mark === undefined ? [text("muted", "–")] : [drawn(mark), text("visually-hidden", places[wordAt(mark)])];
}

function drawn(mark) {
  const line = document.getElementById("visit-mark").content.firstElementChild.cloneNode(true);
  const x = RULE_START + (RULE_LENGTH * mark) / MARK_MAX;
  line.querySelector(".marked-now").setAttribute("d", `M${x.toFixed(1)} 3v22`);
  return line;
}

function heading(scope, name, columns = 1) {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.colSpan = columns;
  const label = document.createElement(scope === "row" ? "span" : "strong");
  label.textContent = name;
  cell.append(label);
  return cell;
}

function text(className, sentence) {
  const place = document.createElement("span");
  place.className = className;
  place.textContent = sentence;
  return place;
}
