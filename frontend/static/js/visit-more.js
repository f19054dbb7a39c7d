/** Holds the other forms of a visit: one turn for a member or a collateral rater, each behind its own button. */

import { fill } from "./moments.js";
import { moreTurns } from "./visit-plan.js";
import { onPress, piece } from "./visit-screen.js";
import { words } from "./visit-words.js";

/** Fills the fold with everybody's turns that are left; `handOver(turn)` gives the tablet away for one of them. */
export function showMore(fold, family, visit, handOver) {
  const people = moreTurns(family, visit);
  fold.hidden = !people.length;
  fold.append(...people.map((turns) => personOf(turns, handOver)));
}

function personOf(turns, handOver) {
  const [{ who, about }] = turns;
  const row = piece("more", { who, about: about ? fill(words.about, { name: about }) : "" });
  row.querySelector("ul").append(...turns.map((turn) => turnOf(turn, handOver)));
  return row;
}

function turnOf(turn, handOver) {
  const { instrument, wave, who } = turn;
  const name = words.forms[instrument] ?? instrument;
  const label = wave ? fill(words.inWave, { form: name, wave: words.waves[wave] }) : name;
  const row = piece("turn", { form: label, who: `: ${who}` });
  onPress(row.querySelector("button"), () => handOver(turn));
  return row;
}
