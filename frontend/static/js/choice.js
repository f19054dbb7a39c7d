/** Holds one question that is answered by choosing: a word, a face, yes or no; it sends nothing anywhere. */

/** Wakes the radio buttons of a template; the value of each is JSON. Nothing is chosen until somebody does. */
export class Choice {
  #element;
  #radios;

  constructor(element) {
    this.#element = element;
    this.#radios = [...element.querySelectorAll("input[type=radio]")];
    this.part = element.dataset.part ?? "answers";
    this.optional = "optional" in element.dataset;
    element.addEventListener("change", () => {
      const detail = { item: this.item };
      element.dispatchEvent(new CustomEvent("marked", { bubbles: true, detail }));
    });
  }

  /** The item this question is. */
  get item() {
    return this.#element.dataset.item;
  }

  /** Whether something is chosen. */
  get filled() {
    return this.#chosen !== undefined;
  }

  /** What is chosen: a whole number, true or false; null while nothing is. */
  get value() {
    return this.#chosen ? JSON.parse(this.#chosen.value) : null;
  }

  /** What `restore` puts back. */
  get kept() {
    return { value: this.value };
  }

  get #chosen() {
    return this.#radios.find(({ checked }) => checked);
  }

  /** Puts back what was chosen before; it tells nobody. */
  restore({ value }) {
    for (const radio of this.#radios) radio.checked = radio.value === JSON.stringify(value);
  }

  /** Moves the keyboard and the screen to this question. */
  focus() {
    (this.#chosen ?? this.#radios[0]).focus();
  }

  /** Keeps what is chosen from now on. */
  lock() {
    for (const radio of this.#radios) radio.disabled = !radio.checked;
  }
}
