/** Holds one drawing: pen strokes on a blank face, undone or cleared, thinned until they fit; it sends nothing anywhere. */

import { claim, holds, release } from "./pointers.js";
import { SIDE, simplified, thinned } from "./thin.js";

/** A child may draw for minutes without lifting the pen: no stroke grows longer than this while it is drawn. */
const LONGEST_STROKE = 600;
const SVG = "http://www.w3.org/2000/svg";

/** Wakes the paper of a template. What is seen is what is kept, also when a wild drawing had to be thinned. */
export class Drawing {
  part = "answers";
  #element;
  #paper;
  #pad;
  #open;
  #undo;
  #clear;
  #strokes = [];
  #stroke = null;
  #square = null;
  #locked = false;

  constructor(element) {
    this.#element = element;
    this.#paper = element.querySelector(".pad-paper");
    this.#pad = element.querySelector(".pad");
    this.#open = element.querySelector(".draw-open");
    this.#undo = element.querySelector(".pad-undo");
    this.#clear = element.querySelector(".pad-clear");
    this.optional = "optional" in element.dataset;
    this.#listen();
    this.#show();
  }

  /** The item this drawing is. */
  get item() {
    return this.#element.dataset.item;
  }

  /** Whether anything is drawn. */
  get filled() {
    return this.#strokes.length > 0;
  }

  /** The strokes, each `[x0, y0, x1, y1, …]` in whole numbers 0…1000. */
  get value() {
    return { strokes: this.#strokes };
  }

  /** What `restore` puts back. */
  get kept() {
    return this.value;
  }

  /** Puts back what was drawn before; it tells nobody. */
  restore({ strokes }) {
    this.#strokes = strokes;
    this.#show();
  }

  /** Moves the keyboard and the screen to this drawing. */
  focus() {
    (this.#open ?? this.#paper).focus();
  }

  /** Keeps what is drawn from now on. */
  lock() {
    if (this.#stroke) this.#end();
    this.#locked = true;
    this.#show();
  }

  #listen() {
    const on = (name, act) => this.#paper.addEventListener(name, act);
    this.#paper.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    on("pointerdown", (event) => this.#begin(event));
    on("pointermove", (event) => holds(event) && this.#follow(event));
    on("pointerup", (event) => holds(event) && this.#end());
    on("pointercancel", (event) => holds(event) && this.#end());
    this.#undo.addEventListener("click", () => this.#keep(this.#strokes.slice(0, -1)));
    this.#clear.addEventListener("click", () => this.#keep([]));
    this.#open?.addEventListener("click", () => this.#turn(true));
    this.#element.querySelector(".pad-close")?.addEventListener("click", () => this.#turn(false));
  }

  #begin(event) {
    if (this.#locked || !claim(event, { drop: () => this.#drop(), keep: () => this.#end() })) return;
    event.preventDefault();
    if (event.pointerType !== "touch") this.#paper.setPointerCapture(event.pointerId); // a touch is captured anyway
    this.#square = this.#paper.getBoundingClientRect();
    this.#stroke = this.#placeOf(event);
    this.#draw([...this.#strokes, this.#stroke]);
  }

  #follow(event) {
    if (!this.#stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) this.#stroke.push(...this.#placeOf(one));
    if (this.#stroke.length > 2 * LONGEST_STROKE) [this.#stroke] = thinned([this.#stroke], LONGEST_STROKE / 2);
    this.#paper.querySelector(".strokes").lastChild.setAttribute("d", pathOf(this.#stroke));
  }

  #end() {
    const stroke = this.#stroke;
    this.#stroke = null;
    release();
    if (stroke) this.#keep(thinned([...this.#strokes, simplified(stroke)]));
  }

  /** The hand that came before the pen drew nothing. */
  #drop() {
    this.#stroke = null;
    release();
    this.#show();
  }

  #placeOf({ clientX, clientY }) {
    const { left, top, width, height } = this.#square;
    return [within((clientX - left) / width), within((clientY - top) / height)];
  }

  #keep(strokes) {
    if (this.#locked) return;
    this.#strokes = strokes;
    this.#show();
    const detail = { item: this.item };
    this.#element.dispatchEvent(new CustomEvent("marked", { bubbles: true, detail }));
  }

  #show() {
    this.#draw(this.#strokes);
    this.#element.classList.toggle("has-drawing", this.filled);
    for (const state of this.#element.querySelectorAll("[data-drawn]")) state.hidden = !this.filled;
    for (const tool of [this.#undo, this.#clear]) tool.setAttribute("aria-disabled", String(!this.filled || this.#locked));
  }

  #draw(strokes) {
    for (const group of this.#element.querySelectorAll(".strokes")) {
      group.replaceChildren(...strokes.map((stroke) => pathFor(stroke)));
    }
  }

  /** Opens the paper in place of the faces, or closes it again. */
  #turn(open) {
    this.#pad.hidden = !open;
    this.#element.closest(".ask").classList.toggle("drawing-open", open);
    this.#open.setAttribute("aria-expanded", String(open));
    (open ? this.#paper : this.#open).focus({ preventScroll: true });
  }
}

function pathFor(stroke) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(stroke));
  return path;
}

/** A single point is drawn as the shortest of lines, so that it is a dot. */
function pathOf([x, y, ...rest]) {
  return `M${x} ${y}L${rest.length ? rest.join(" ") : `${x} ${y + 0.1}`}`;
}

function within(fraction) {
  return Math.round(Math.min(Math.max(fraction, 0), 1) * SIDE);
}
