/** Holds how work waits for the frame: a mark is seen first, and all that follows from it comes after. */
//# allFunctionsCalledOnLoad

/** A page that is hidden paints nothing; what waits is done then all the same. */
const LONGEST_MS = 100;

/** Does what can wait until the next frame has been painted. */
export function afterPaint(act) {
  let done = false;
  const once = () => done || ((done = true), act());
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, LONGEST_MS);
}
