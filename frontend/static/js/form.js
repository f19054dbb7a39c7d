/** Holds one open form: what is missing, finishing or skipping once, and what is said meanwhile; it keeps nothing itself. */

import { afterPaint } from "./frame.js";
import { Line } from "./line.js";

/**
 * Wakes the form that a template has put on the stage.
 *
 * `deposit({marks, skipped, capture})` keeps the answer and resolves when it is kept; when it throws an error with a
 * `reason`, the page says so and the same answer can be tried again. `draft` is `{item: {mark, capture}}` of lines that
 * were marked before, `changed(draft)` is told after each mark, `unlock()` when staff is asked for help.
 */
export class Form {
  #element;
  #words;
  #lines;
  #status;
  #finish;
  #skip;
  #deposit;
  #answer = null;
  #busy = false;

  constructor(element, { deposit, draft = {}, changed = () => {}, unlock = () => {} }) {
    this.#element = element;
    this.#deposit = deposit;
    this.#words = JSON.parse(element.dataset.words);
    this.#status = element.querySelector(".form-status");
    this.#finish = element.querySelector(".form-finish");
    this.#skip = element.querySelector(".form-skip");
    this.#lines = [...element.querySelectorAll(".line")].map((row) => new Line(row, this.#words));
    for (const line of this.#lines) if (draft[line.item]) line.restore(draft[line.item]);
    element.addEventListener("marked", () => this.#marked(changed));
    this.#finish.addEventListener("click", () => this.#pressed());
    this.#skip.addEventListener("click", () => this.#send({ marks: {}, skipped: true, capture: {} }));
    element.querySelector(".form-unlock").addEventListener("click", unlock);
    this.#showMissing();
  }

  #marked(changed) {
    afterPaint(() => this.#answer ?? this.#showMissing());
    changed(Object.fromEntries(this.#marks().map((line) => [line.item, { mark: line.mark, capture: line.capture }])));
  }

  #marks() {
    return this.#lines.filter((line) => line.mark !== null);
  }

  #showMissing() {
    const blank = this.#lines.length - this.#marks().length;
    this.#say(this.#words.missing[blank]);
    this.#finish.setAttribute("aria-disabled", String(blank > 0));
  }

  #pressed() {
    const blank = this.#lines.find((line) => line.mark === null);
    if (blank && !this.#answer) return blank.focus();
    return this.#send(this.#answer ?? this.#whole());
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
    for (const line of this.#lines) line.lock();
    this.#finish.setAttribute("aria-disabled", "true");
    this.#skip.setAttribute("aria-disabled", "true");
  }

  #failed(reason) {
    this.#say(this.#words[reason === "no-key" ? "not-enrolled" : reason] ?? this.#words.storage);
    this.#finish.textContent = this.#words.retry;
    this.#finish.setAttribute("aria-disabled", "false");
    this.#skip.hidden = true;
    this.#element.querySelector(".form-unlock").hidden = false;
  }

  #say(sentence) {
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence;
  }

  #whole() {
    return {
      marks: Object.fromEntries(this.#lines.map((line) => [line.item, line.mark])),
      skipped: false,
      capture: {
        items: Object.fromEntries(this.#lines.map((line) => [line.item, line.capture])),
        dpr: window.devicePixelRatio,
        viewport: [window.innerWidth, window.innerHeight],
        zoom: window.visualViewport?.scale ?? 1,
        mode: "all",
      },
    };
  }
}
