/** Holds how an open page gets what has come since: asked for every few seconds while it is seen, put in part by part. */

const EVERY_MS = 5_000;
const SLOWEST_MS = 60_000;
const LONGEST_MS = 60 * 60 * 1_000;
const OVER = new Set([401, 403, 404, 423]);
const TYPED = "textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=hidden])";
const WIDE = "[role=region]"; // what is scrolled sideways

const began = Date.now();
const place = document.querySelector("[data-live]");
let state = place?.dataset.live;
let wait = EVERY_MS;
let timer = null;
let asking = false;
let over = place === null;

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
next();

function next() {
  clearTimeout(timer);
  if (!over && !document.hidden) timer = setTimeout(ask, wait);
}

/** A page that nobody sees asks nothing, and neither does one that has been open for an hour. */
async function ask() {
  over ||= Date.now() - began > LONGEST_MS;
  if (over || asking || document.hidden) return;
  asking = true;
  await look().then(settle, () => (wait = Math.min(wait * 2, SLOWEST_MS)));
  asking = false;
  next();
}

async function look() {
  const headers = { Accept: "application/json, text/html;q=0.9", "Linjen-Since": state };
  const { pathname, search } = location;
  const answer = await fetch(pathname + search, { headers, cache: "no-store", redirect: "error" });
  return { search, status: answer.status, html: answer.status === 200 ? await answer.text() : "" };
}

function settle({ search, status, html }) {
  over = OVER.has(status);
  wait = status < 500 ? EVERY_MS : Math.min(wait * 2, SLOWEST_MS);
  if (html && !chosenSince(search)) show(new DOMParser().parseFromString(html, "text/html"));
}

/** Says whether the reader has asked to see something else meanwhile; what came is then asked for once more. */
function chosenSince(search) {
  return search !== location.search || document.querySelector("[data-live-part] .htmx-request") !== null;
}

function show(page) {
  const fresh = page.querySelector("[data-live]");
  if (!fresh) return void (over = true);
  state = fresh.dataset.live;
  for (const part of page.querySelectorAll("[data-live-part]")) put(part);
  place.textContent = fresh.textContent.trim();
}

/** A part in which somebody writes waits until they are done; the newest is then put in. */
function put(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old) return;
  if (old.querySelector(`:is(${TYPED}):focus`)) {
    old.addEventListener("focusout", () => setTimeout(put, 0, fresh), { once: true });
    return;
  }
  const kept = document.importNode(fresh, true);
  carryOver(old, kept);
  const focus = old.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const scrolled = [...old.querySelectorAll(WIDE)].map(({ scrollLeft }) => scrollLeft);
  old.replaceWith(kept);
  kept.dispatchEvent(new Event("live:put", { bubbles: true }));
  kept.querySelectorAll(WIDE).forEach((one, at) => (one.scrollLeft = scrolled[at] ?? 0));
  if (focus) find(kept, focus)?.focus({ preventScroll: true });
  globalThis.htmx?.process(kept);
}

/** What was unfolded stays so, and what was typed or chosen and not sent is there again. */
function carryOver(old, kept) {
  for (const fold of old.querySelectorAll("details[open]")) {
    const same = find(kept, keyOf(fold.querySelector("summary")));
    if (same) same.parentElement.open = true;
  }
  for (const field of old.querySelectorAll("input, textarea, select")) {
    const same = find(kept, keyOf(field));
    if (!same || !changed(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") same.checked = field.checked;
    else same.value = field.value;
  }
}

function changed(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

/** Gives what an element is known by in both pages: its id, or what it is, what it sends or where it leads, its name. */
function keyOf(element) {
  const { tagName, id, name = "", value = "", textContent } = element;
  const sends = element.matches("[type=checkbox], [type=radio], button") ? value : "";
  const named = element.getAttribute("aria-label") ?? element.getAttribute("aria-labelledby") ?? textContent.trim();
  return id || [tagName, name, sends, element.getAttribute("href") ?? "", named].join("|");
}

function find(kept, key) {
  const all = [...kept.querySelectorAll("summary, a, button, input, textarea, select, [tabindex]")];
  return all.find((element) => keyOf(element) === key);
}
