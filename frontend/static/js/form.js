/** Holds one open form: what is missing, finishing or skipping once, and what is said meanwhile; it keeps nothing itself. */
//# allFunctionsCalledOnLoad

import { Line } from "./line.js";
import { script } from "./patience.js";

/** What a form may need beyond lines: fetched only for the forms whose template names it. */
const PARTS = {
  choice: script((again) => import(`./choice.js${again}`).then(({ Choice }) => Choice)),
  writing: script((again) => import(`./writing.js${again}`).then(({ Writing }) => Writing)),
  drawing: script((again) => import(`./drawing.js${again}`).then(({ Drawing }) => Drawing)),
  goals: script((again) => import(`./goals.js${again}`).then(({ layGoals }) => layGoals)),
  steps: script((again) => import(`./steps.js${again}`).then(({ Steps }) => Steps)),
};

/** Fetches the scripts and stylesheets that a form's template needs; to be awaited before it is shown. Throws without them. */
export async function partsOf({ dataset }) {
  const names = listed(dataset.parts);
  const [found] = await Promise.all([Promise.all(names.map((name) => PARTS[name]())), ...listed(dataset.styles).map(dress)]);
  return Object.fromEntries(names.map((name, place) => [name, found[place]]));
}

/**
 * Wakes the form that a template has put on the stage.
 *
 * `parts` is what `partsOf` gave for the template, `goals` are `[{id, words}]`. `deposit({marks, answers, anonymous,
 * skipped, capture})` keeps the answer and resolves when it is kept; when it throws an error with a `reason`, the page
 * says so and the same answer can be tried again. `draft` is `{item: kept}` of what was answered before, `changed(draft)`
 * is told after each answer, `unlock()` when staff is asked for help.
 *
 * Every item, whatever its kind, is `{item, part, optional, filled, value, kept, restore(kept), focus(), lock()}` and
 * lets `marked` bubble from its element; `part` is where its value goes: "marks", "answers" or "anonymous".
 */
export class Form {
  #element;
  #words;
  #items;
  #steps;
  #status;
  #finish;
  #skip;
  #deposit;
  #answer = null;
  #busy = false;

  constructor(element, { deposit, parts = {}, goals = [], draft = {}, changed = () => {}, unlock = () => {} }) {
    this.#element = element;
    this.#deposit = deposit;
    this.#words = JSON.parse(element.dataset.words);
    this.#status = element.querySelector(".form-status");
    this.#finish = element.querySelector(".form-finish");
    this.#skip = element.querySelector(".form-skip");
    parts.goals?.(element, goals);
    const kinds = { line: Line, ...parts };
    this.#items = [...element.querySelectorAll("[data-item]")].map((one) => new kinds[one.dataset.kind ?? "line"](one, this.#words));
    for (const item of this.#items) if (draft[item.item]) item.restore(draft[item.item]);
    this.#steps = parts.steps && new parts.steps(element, this.#items);
    element.addEventListener("marked", () => this.#marked(changed));
    this.#finish.addEventListener("click", () => this.#pressed());
    this.#skip.addEventListener("click", () => this.#send(this.#skipped()));
    element.querySelector(".form-unlock")?.addEventListener("click", unlock);
    this.#showMissing();
  }

  #marked(changed) {
    if (!this.#answer) this.#showMissing();
    changed(Object.fromEntries(this.#filled().map(({ item, kept }) => [item, kept])));
  }

  #filled() {
    return this.#items.filter(({ filled }) => filled);
  }

  /** What must still be answered: all that is asked for, and in a form where nothing is, one of all. */
  #missing() {
    const missing = this.#items.filter(({ filled, optional }) => !filled && !optional);
    return missing.length || this.#filled().length ? missing : this.#items.slice(0, 1);
  }

  #showMissing() {
    const { missing } = this.#words;
    const blank = this.#missing().length;
    this.#say(missing[Math.min(blank, missing.length - 1)]);
    this.#finish.setAttribute("aria-disabled", String(blank > 0));
  }

  #pressed() {
    const [blank] = this.#missing();
    if (blank && !this.#answer) return this.#show(blank);
    return this.#send(this.#answer ?? this.#whole());
  }

  #show(item) {
    this.#steps?.reveal(item);
    item.focus();
  }

  /** Whatever is tapped, and however often: the first choice is the answer, and one attempt runs at a time. */
  async #send(answer) {
    this.#answer ??= answer;
    if (this.#busy) return;
    this.#busy = true;
    this.#lock();
    this.#say(this.#words.saving);
    try {
      await this.#deposit(this.#answer);
    } catch (error) {
      console.warn(error);
      this.#failed(error.reason);
      this.#busy = false;
    }
  }

  #lock() {
    for (const item of this.#items) item.lock();
    this.#steps?.lock();
    this.#finish.setAttribute("aria-disabled", "true");
    this.#skip.setAttribute("aria-disabled", "true");
  }

  #failed(reason) {
    this.#say(this.#words[reason === "no-key" ? "not-enrolled" : reason] ?? this.#words.storage);
    this.#finish.textContent = this.#words.retry;
    this.#finish.setAttribute("aria-disabled", "false");
    this.#skip.hidden = true;
    this.#element.querySelector(".form-unlock")?.removeAttribute("hidden");
  }

  #say(sentence) {
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence;
  }

  #skipped() {
    return { marks: {}, answers: {}, anonymous: null, skipped: true, capture: {} };
  }

  #whole() {
    return {
      marks: this.#values("marks"),
      answers: this.#values("answers"),
      anonymous: this.#values("anonymous").anonymous ?? null,
      skipped: false,
      capture: {
        items: Object.fromEntries(this.#filled().flatMap(({ item, capture }) => (capture ? [[item, capture]] : []))),
        dpr: window.devicePixelRatio,
        viewport: [window.innerWidth, window.innerHeight],
        zoom: window.visualViewport?.scale ?? 1,
        mode: this.#steps ? "one" : "all",
      },
    };
  }

  #values(part) {
    const own = this.#filled().filter((item) => item.part === part);
    return Object.fromEntries(own.map(({ item, value }) => [item, value]));
  }
}

function listed(words = "") {
  return words.split(" ").filter(Boolean);
}

/** Puts a stylesheet in the page once and waits until it is there. */
function dress(address) {
  const [known] = [...document.styleSheets].filter(({ href }) => href && new URL(href).pathname === address);
  if (known) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  const arrived = new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
  document.head.append(link);
  return arrived.catch((error) => {
    link.remove();
    throw error;
  });
}
