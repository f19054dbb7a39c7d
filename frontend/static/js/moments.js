/** Holds how staff pages say a moment by the tablet's own clock, in the page's language; it shows nothing. */

const SECOND_MS = 1_000;
const UNITS = [
  ["day", 86_400 * SECOND_MS],
  ["hour", 3_600 * SECOND_MS],
  ["minute", 60 * SECOND_MS],
];
/** English as it is written in Britain, with a clock of 24 hours. */
const language = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang;

/** Says how long ago a moment is, in its largest whole unit: "for 2 timer siden", "i går", "nu". */
export function ago(date) {
  const ms = Math.max(0, Date.now() - date.getTime());
  const [unit, size] = UNITS.find(([, each]) => ms >= each) ?? ["second", Infinity];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(ms / size) || 0, unit);
}

/** Gives the weekday and the time of day of a moment: `{day: "tirsdag", clock: "14.05"}`. */
export function parts(date) {
  const day = new Intl.DateTimeFormat(language, { weekday: "long" }).format(date);
  const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(date);
  return { day, clock };
}

/** Puts values into a sentence: `fill("{number} venter", { number: 3 })`. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
