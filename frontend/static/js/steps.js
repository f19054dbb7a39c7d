/** Holds one question at a time: forward when it is answered, back at any time, read aloud on request; it keeps nothing. */

import { readAloud } from "./aloud.js";

/** A second tap at the same place was meant for the question before. */
const AFTERTAP_MS = 350;

/** Shows the questions of a form one by one; `items` are the form's, and the first that lacks an answer is shown first. */
export class Steps {
  #steps;
  #next;
  #back;
  #finish;
  #quiet;
  #at = 0;
  #since = -Infinity;

  constructor(element, items) {
    const within = (ask) => [...ask.querySelectorAll("[data-item]")].map(({ dataset }) => dataset.item);
    this.#steps = [...element.querySelectorAll(".ask")].map((ask) => {
      const own = within(ask);
      return { ask, heading: ask.querySelector("h1"), items: items.filter(({ item }) => own.includes(item)) };
    });
    this.#next = element.querySelector(".form-next");
    this.#back = element.querySelector(".form-back");
    this.#finish = element.querySelector(".form-finish");
    this.#quiet = readAloud(element, document.documentElement.lang);
    this.#listen(element);
    const blank = this.#steps.findIndex(({ items: own }) => !own.some(({ filled }) => filled));
    this.#show(blank < 0 ? this.#steps.length - 1 : blank);
    if (this.#at > 0) this.#focus();
  }

  /** Shows the question of an item. */
  reveal({ item }) {
    this.#show(this.#steps.findIndex(({ items }) => items.some((own) => own.item === item)));
  }

  /** Stays at the question that is shown. */
  lock() {
    this.#quiet();
    this.#back.hidden = true;
    this.#next.setAttribute("aria-disabled", "true");
  }

  #listen(element) {
    element.addEventListener("click", (event) => this.#meetTap(event), true);
    element.addEventListener("marked", () => this.#offer());
    this.#next.addEventListener("click", () => this.#forward());
    this.#back.addEventListener("click", () => this.#go(this.#at - 1));
    for (const { heading } of this.#steps) heading.tabIndex = -1;
  }

  /** A key's click has no detail: it is meant. */
  #meetTap(event) {
    const late = performance.now() - this.#since >= AFTERTAP_MS;
    if (late || event.detail === 0 || !event.target.closest(".form-foot")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #forward() {
    const blank = this.#blank();
    if (blank) blank.focus();
    else this.#go(this.#at + 1);
  }

  #blank() {
    return this.#steps[this.#at].items.find(({ filled, optional }) => !filled && !optional);
  }

  #offer() {
    this.#next.setAttribute("aria-disabled", String(Boolean(this.#blank())));
  }

  #go(at) {
    this.#quiet();
    this.#since = performance.now();
    this.#show(at);
    this.#focus();
  }

  #show(at) {
    this.#at = at;
    const last = at === this.#steps.length - 1;
    this.#steps.forEach(({ ask }, place) => (ask.hidden = place !== at));
    this.#back.hidden = at === 0;
    this.#next.hidden = last;
    this.#finish.hidden = !last;
    for (const item of this.#steps[at].items) item.shown = performance.now();
    this.#offer();
  }

  #focus() {
    this.#steps[this.#at].heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}
