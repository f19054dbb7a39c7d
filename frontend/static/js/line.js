/** Holds one blank line and its mark: pointer, keys, nudges and words for a place; it sends nothing anywhere. */
//# allFunctionsCalledOnLoad

import { claim, holds, release } from "./pointers.js";
import { afterPaint } from "./frame.js";
import { LEAP, MARK_MAX, STEP, fromLeft, markAt, snapped, stepped, wordAt } from "./place.js";

export { markAt };

/** A pointer that wandered further than this between down and up was a drag, not a tap. */
const TAP_SLOP_PX = 4;
const MIDDLE = MARK_MAX / 2;
const CAN_ROUND = CSS.supports("translate", "round(1%, 1px)");

/** How far each key goes: along the screen (left, right) or along the scale (low, high); a switch only begins. */
const KEYS = {
  " ": { begin: true, scale: 0 },
  Enter: { begin: true, scale: 0 },
  ArrowLeft: { screen: -STEP },
  ArrowRight: { screen: STEP },
  ArrowDown: { scale: -STEP },
  ArrowUp: { scale: STEP },
  PageDown: { scale: -LEAP },
  PageUp: { scale: LEAP },
  Home: { end: 0 },
  End: { end: MARK_MAX },
};

/** The row that shows its nudges, and the line that was marked or focused last: it is the next one to show them. */
let active = null;
let latest = null;

/**
 * Wakes a line that a template has drawn and lets it be marked.
 *
 * `words` holds the page's language: `places` (eleven, left to right), `blank`, `start`. `marked` bubbles from the
 * element at every settled mark with `{item, mark, input}`. Blank until touched: the first arrow key, Space or Enter on
 * a blank line only says that the next one begins at the middle; Home and End go straight to an end.
 */
export class Line {
  part = "marks";
  #element;
  #band;
  #rule;
  #place;
  #status;
  #words;
  #direction;
  shown = performance.now();
  #mark = null;
  #settled = null;
  #armed = false;
  #locked = false;
  #gesture = null;
  #capture = null;
  #drawing = false;

  constructor(element, words) {
    this.#element = element;
    this.#words = words;
    this.optional = "optional" in element.dataset;
    this.#direction = element.dataset.direction;
    this.#band = element.querySelector(".line-band");
    this.#rule = element.querySelector(".line-rule");
    this.#place = element.querySelector(".line-place");
    this.#status = element.querySelector(".line-status");
    this.#listen();
  }

  /** The item this line asks about. */
  get item() {
    return this.#element.dataset.item;
  }

  /** The settled mark, 0…10 000 from the low end, or null while the line is blank. */
  get value() {
    return this.#settled;
  }

  /** Whether it is marked. */
  get filled() {
    return this.#settled !== null;
  }

  /** What `restore` puts back. */
  get kept() {
    return { mark: this.#settled, capture: this.capture };
  }

  /** How the mark came about: `{line_px, input, ms, remarks}`; null while the line is blank. */
  get capture() {
    return this.#capture && { ...this.#capture };
  }

  /** Puts back a mark that was settled before, with how it came about; it tells nobody. */
  restore({ mark, capture }) {
    this.#draw(mark);
    this.#keep(capture);
    this.#element.classList.add("has-mark");
  }

  /** Moves the keyboard and the screen to this line. */
  focus() {
    this.#band.focus();
  }

  /** Keeps the mark as it is from now on: it is on its way, without a finger that is still down. */
  lock() {
    if (this.#gesture) this.#drop();
    this.#locked = true;
    this.#band.setAttribute("aria-disabled", "true");
    this.#element.classList.remove("active");
  }

  #listen() {
    const on = (name, act) => this.#band.addEventListener(name, act);
    this.#band.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false }); // no tap, no click
    on("pointerdown", (event) => this.#begin(event));
    on("pointermove", (event) => holds(event) && this.#follow(event.clientX));
    on("pointerup", (event) => holds(event) && this.#end(event.clientX));
    on("pointercancel", (event) => holds(event) && this.#end(this.#gesture?.x));
    on("keydown", (event) => this.#key(event));
    on("focus", () => this.#activate());
    on("blur", () => this.#disarm());
    for (const nudge of this.#element.querySelectorAll("[data-nudge]")) {
      nudge.addEventListener("click", () => this.#nudge(Number(nudge.dataset.nudge)));
    }
  }

  #begin(event) {
    const keep = () => this.#end(this.#gesture?.x);
    if (this.#locked || !claim(event, { drop: () => this.#drop(), keep })) return;
    event.preventDefault();
    const { left, width } = this.#rule.getBoundingClientRect(); // once, before anything is drawn: it would wait for it
    this.#gesture = { from: event.clientX, x: event.clientX, left, width, moved: false, pen: event.pointerType === "pen" };
    if (event.pointerType !== "touch") this.#band.setPointerCapture(event.pointerId); // a touch is captured anyway
    this.#disarm();
    this.#follow(event.clientX);
    afterPaint(() => this.#element.classList.toggle("touching", this.#gesture !== null));
  }

  #follow(x) {
    const gesture = this.#gesture;
    if (!gesture) return;
    gesture.x = x;
    gesture.moved ||= Math.abs(x - gesture.from) > TAP_SLOP_PX;
    const { left, width } = gesture;
    this.#draw(markAt(snapped(x, left, width), left, width, this.#direction));
  }

  #end(x) {
    const gesture = this.#gesture;
    if (!gesture) return;
    this.#follow(x);
    this.#finish();
    this.#settle(gesture.pen ? "pen" : gesture.moved ? "drag" : "tap", gesture.width);
    const before = document.activeElement;
    afterPaint(() => this.#focusAfter(before));
  }

  /** Takes the keyboard along, unless somebody has taken it elsewhere meanwhile. */
  #focusAfter(before) {
    if (this.#locked || latest !== this || document.activeElement !== before) return;
    this.#band.focus({ preventScroll: true });
  }

  /** The hand that came before the pen: its mark never was. */
  #drop() {
    this.#finish();
    this.#draw(this.#settled);
  }

  #finish() {
    this.#gesture = null;
    afterPaint(() => this.#element.classList.toggle("touching", this.#gesture !== null));
    release();
  }

  #key(event) {
    const key = KEYS[event.key];
    if (!key || this.#locked || this.#gesture || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (key.end !== undefined) return this.#go(key.end, "key");
    if (key.begin && (event.repeat || this.#settled !== null)) return undefined;
    if (this.#settled === null && !this.#armed) return this.#arm();
    const distance = key.scale ?? this.#alongScale(key.screen);
    return this.#go(stepped(this.#settled ?? MIDDLE, distance), "key");
  }

  #nudge(way) {
    if (this.#locked || this.#settled === null) return;
    this.#go(stepped(this.#settled, this.#alongScale(way * STEP)), "nudge");
    this.#status.textContent = this.#spoken();
  }

  #alongScale(distance) {
    return this.#direction === "rtl" ? -distance : distance;
  }

  #go(mark, input) {
    this.#disarm();
    this.#draw(mark);
    this.#settle(input);
  }

  #arm() {
    this.#armed = true;
    this.#element.classList.add("armed");
    this.#status.textContent = this.#words.start;
  }

  #disarm() {
    if (this.#armed) this.#element.classList.remove("armed");
    this.#armed = false;
    if (this.#status.firstChild) this.#status.textContent = "";
  }

  /** Moves the mark in the next frame: whatever happens before it is drawn once, and no event waits for a layout. */
  #draw(mark) {
    this.#mark = mark;
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow() {
    this.#drawing = false;
    this.#place.style.opacity = this.#mark === null ? 0 : 1;
    this.#place.style.translate = along(fromLeft(this.#mark ?? 0, this.#direction) / MARK_MAX);
  }

  #settle(input, width = this.#rule.getBoundingClientRect().width) {
    const capture = this.#capture;
    const steps = input === "key" || input === "nudge";
    const again = capture !== null && !(steps && capture.input === input);
    this.#keep({
      line_px: Math.round(width),
      input,
      ms: capture?.ms ?? Math.round(performance.now() - this.shown),
      remarks: (capture?.remarks ?? 0) + (again ? 1 : 0),
    });
    const detail = { item: this.item, mark: this.#mark, input };
    latest = this;
    afterPaint(() => {
      if (latest === this) this.#activate();
      this.#element.dispatchEvent(new CustomEvent("marked", { bubbles: true, detail }));
    });
  }

  #keep(capture) {
    this.#settled = this.#mark;
    this.#capture = capture;
    afterPaint(() => this.#tell());
  }

  #tell() {
    this.#band.setAttribute("aria-valuenow", String(this.#settled));
    this.#band.setAttribute("aria-valuetext", this.#spoken());
  }

  #spoken() {
    return this.#words.places[wordAt(this.#settled, this.#direction)];
  }

  /** One row at a time shows its nudges. */
  #activate() {
    if (this.#locked) return;
    latest = this;
    active?.classList.remove("active");
    active = this.#element;
    active.classList.add("active");
    active.classList.toggle("has-mark", this.#settled !== null);
  }
}

/** Gives a fraction of the line as a length in whole pixels of the screen, where the browser can: the mark stays crisp. */
function along(fraction) {
  const place = `${100 * fraction}%`;
  return CAN_ROUND ? `round(${place}, ${1 / window.devicePixelRatio}px)` : place;
}
