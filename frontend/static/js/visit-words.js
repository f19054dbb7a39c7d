/** Holds the sentences of the visit screens, how they say what waits, and which day it is here; it shows nothing. */

import { ago, fill, parts } from "./moments.js";

/** The sentences of the visit screens in the page's language. */
export const words = JSON.parse(document.getElementById("visit-words").dataset.words);

/** Says a moment with its weekday: "tirsdag kl. 14.05". */
export function momentOf(date) {
  return fill(words.moment, parts(date));
}

/** Gives the calendar day of a moment where the tablet is, as "2026-11-24". */
export function localDay(date = new Date()) {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${date.getFullYear()}-${month}-${day}`;
}

/** Says what waits to be sent and since when the oldest does. */
export function waitingWords({ waiting, oldest }) {
  if (!waiting) return words.nothing;
  return fill(waiting === 1 ? words.one : words.many, { number: waiting, when: oldest ? ago(oldest) : "" });
}
