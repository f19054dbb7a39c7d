/** Holds the page with the lines: what is missing, finishing once, and what is said meanwhile; marks stay in memory. */

import { deliver } from "./deliver.js";
import { Line } from "./line.js";

const form = document.querySelector(".form");
const words = JSON.parse(form.dataset.words);
const lines = [...form.querySelectorAll(".line")].map((element) => new Line(element, words));
const finish = form.querySelector(".form-finish");
const status = form.querySelector(".form-status");
const skip = form.querySelector(".form-skip");
const skipButton = skip.querySelector("button");

/** Made once: however often the answer is sent, it is the same answer. */
const id = crypto.randomUUID();

let left = false;
let retry = null;

form.addEventListener("marked", showMissing);
finish.addEventListener("click", pressed);
skip.addEventListener("submit", skipped);
window.addEventListener("beforeunload", (event) => retry && event.preventDefault());
showMissing();
document.documentElement.dataset.ready = "1";

function showMissing() {
  const blank = lines.filter((line) => line.mark === null).length;
  say(words.missing[blank]);
  finish.setAttribute("aria-disabled", String(blank > 0));
}

function pressed() {
  if (retry) return retry();
  if (left) return undefined;
  const blank = lines.find((line) => line.mark === null);
  return blank ? blank.focus() : send(answer());
}

function skipped(event) {
  if (left) event.preventDefault();
  leave();
}

function leave() {
  left = true;
  for (const line of lines) line.lock();
  finish.setAttribute("aria-disabled", "true");
  skipButton.setAttribute("aria-disabled", "true");
}

async function send(response) {
  leave();
  retry = null;
  say(words.saving);
  try {
    await deliver(response, { waiting: (again) => hold(words.waiting, again) });
    retry = null;
    location.replace(form.dataset.next);
  } catch (error) {
    hold(words.refused, () => send(response));
    console.warn(error);
  }
}

function hold(sentence, again) {
  retry = again;
  say(sentence);
  finish.textContent = words.retry;
  finish.setAttribute("aria-disabled", "false");
  skip.hidden = true;
}

function say(sentence) {
  if (status.textContent !== sentence) status.textContent = sentence;
}

/** Gives the body of `PUT /api/v1/responses/{id}`, with its id. */
function answer() {
  return {
    id,
    ...JSON.parse(form.dataset.response),
    marks: Object.fromEntries(lines.map((line) => [line.item, line.mark])),
    capture: {
      items: Object.fromEntries(lines.map((line) => [line.item, line.capture])),
      dpr: window.devicePixelRatio,
      viewport: [window.innerWidth, window.innerHeight],
      zoom: window.visualViewport?.scale ?? 1,
      mode: "all",
    },
  };
}
