/** Holds which finger, pen or mouse may move a mark: one at a time, and a pen before a hand; it moves none itself. */
//# allFunctionsCalledOnLoad

let held = null;
const pens = new Set();

document.addEventListener("pointerdown", penDown, true);
document.addEventListener("pointerup", penUp, true);
document.addEventListener("pointercancel", penUp, true);
document.addEventListener("visibilitychange", () => pens.clear());
window.addEventListener("blur", () => pens.clear());

/**
 * Asks for the right to move a mark, from `pointerdown` until `release`; says whether it was given.
 *
 * Refused: another pointer is at it, a touch while a pen is down anywhere, a mouse button that is not the first.
 * `drop()` is called when a pen comes down after the touch: that was the palm, and its mark never was. `keep()` is
 * called when a first finger comes while the one before it never reported its end, so that no line stays deaf.
 */
export function claim(event, { drop, keep }) {
  if (event.button > 0) return false;
  if (event.pointerType === "touch" && pens.size > 0) return false;
  if (held) {
    if (!event.isPrimary || event.pointerType !== held.type) return false;
    held.keep();
  }
  held = { id: event.pointerId, type: event.pointerType, drop, keep };
  return true;
}

/** Says whether this event comes from the pointer that holds the right. */
export function holds(event) {
  return held !== null && held.id === event.pointerId;
}

/** Gives the right back. */
export function release() {
  held = null;
}

function penDown(event) {
  if (event.pointerType !== "pen") return;
  pens.add(event.pointerId);
  if (held?.type === "touch") held.drop();
}

function penUp(event) {
  pens.delete(event.pointerId);
}
