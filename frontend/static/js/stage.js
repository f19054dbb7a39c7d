/** Holds the stage of the shell: screens are cloned from templates, names put in as text, one at a time; it knows no rule. */
//# allFunctionsCalledOnLoad

const TIME_LIMIT_MS = 10_000;

/** A second tap at the same place belongs to the screen that is gone. */
const AFTERTAP_MS = 350;
const AFTERTAP_PX = 32;

const fetched = new Map();
let tap = null;
let gone = null;

for (const name of ["pointerdown", "click"]) window.addEventListener(name, meetTap, true);

/**
 * Shows a screen instead of the one before it, and moves the keyboard, VoiceOver and the scroll to its heading.
 *
 * `template` is a <template> or the id of one in the document. Each [data-slot] gets its slot's text, and whatever has a
 * [data-when] whose slot is empty, or a [data-unless] whose slot is not, is left out. `html[data-ready]` is the template's id while the screen is live.
 */
export function show(template, slots = {}) {
  const screen = typeof template === "string" ? document.getElementById(template) : template;
  const root = document.documentElement;
  document.getElementById("stage").replaceChildren(filled(screen, slots));
  root.lang = screen.lang || "da";
  root.dir = screen.dir || "ltr";
  gone = tap && { ...tap, at: performance.now() };
  const heading = document.querySelector("#stage h1");
  document.title = titleOf(screen.dataset, slots) ?? heading?.textContent ?? "Linjen";
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  root.dataset.ready = screen.id;
}

/** Says that the screen is no longer live: what was chosen on it is under way. */
export function hold() {
  delete document.documentElement.dataset.ready;
}

/** Gives the screens between two people, `{handover, finished, unlock}`, in a language; in Danish where it cannot. */
export async function words(language) {
  if (language === "da") return templatesIn(document);
  return fetchOnce(`/tablet/ord/${language}`, templatesIn).catch(() => templatesIn(document));
}

/** Gives the template of a blank form; throws when it is neither on this tablet nor to be fetched. */
export function blankForm(instrument, version, language) {
  return fetchOnce(`/tablet/skema/${instrument}/${version}/${language}`, (page) => page.querySelector("template"));
}

function templatesIn(page) {
  return Object.fromEntries([...page.querySelectorAll("template[data-title]")].map((one) => [one.id, one]));
}

/** Whoever answers about somebody else has a title of their own; no title has a name in it: it stays in the history. */
function titleOf({ title, aboutTitle }, { about }) {
  return (about && aboutTitle) || title;
}

function filled(template, slots) {
  const screen = document.importNode(template.content, true);
  for (const part of screen.querySelectorAll("[data-when]")) if (!slots[part.dataset.when]) part.remove();
  for (const part of screen.querySelectorAll("[data-unless]")) if (slots[part.dataset.unless]) part.remove();
  for (const slot of screen.querySelectorAll("[data-slot]")) slot.textContent = slots[slot.dataset.slot] ?? "";
  return screen;
}

function fetchOnce(address, take) {
  const known = fetched.get(address) ?? fetchFragment(address).then(take);
  fetched.set(address, known);
  known.catch(() => fetched.delete(address));
  return known;
}

async function fetchFragment(address) {
  const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function meetTap(event) {
  if (event.isTrusted && isAftertap(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (event.type === "pointerdown") {
    tap = { x: event.clientX, y: event.clientY };
  }
}

/** A key's click has no detail and no place: it is meant. */
function isAftertap({ clientX, clientY, type, detail }) {
  if (!gone || (type === "click" && detail === 0)) return false;
  const near = Math.hypot(clientX - gone.x, clientY - gone.y) < AFTERTAP_PX;
  return near && performance.now() - gone.at < AFTERTAP_MS;
}
