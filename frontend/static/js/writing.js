/** Holds one question that is answered in writing, kept word for word; it sends nothing anywhere. */

/** Wakes the text field of a template. */
export class Writing {
  part = "answers";
  #element;
  #field;

  constructor(element) {
    this.#element = element;
    this.#field = element.querySelector("textarea");
    this.optional = "optional" in element.dataset;
    this.#field.addEventListener("input", () => {
      const detail = { item: this.item };
      element.dispatchEvent(new CustomEvent("marked", { bubbles: true, detail }));
    });
  }

  /** The item this question is. */
  get item() {
    return this.#element.dataset.item;
  }

  /** Whether anything but spaces is written. */
  get filled() {
    return this.value.trim() !== "";
  }

  /** What is written, every character of it. */
  get value() {
    return this.#field.value;
  }

  /** What `restore` puts back. */
  get kept() {
    return { value: this.value };
  }

  /** Puts back what was written before; it tells nobody. */
  restore({ value }) {
    this.#field.value = value;
  }

  /** Moves the keyboard and the screen to this question. */
  focus() {
    this.#field.focus();
  }

  /** Keeps what is written from now on. */
  lock() {
    this.#field.readOnly = true;
  }
}
