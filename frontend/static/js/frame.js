/** Holds how work waits for the frame: a mark is seen first, and all that follows from it comes after. */

/** Does what can wait until the next frame has been painted. */
export function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act));
}
