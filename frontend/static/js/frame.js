/** Holds how work waits for the frame: a mark is seen first, and all that follows from it comes after. */
//# allFunctionsCalledOnLoad

/** A page that is hidden paints nothing; what waits is done then all the same. */
const LONGEST_MS = 100;

const waiting = [];
let atLatest = null;

/** Does what can wait until the next frame has been painted; all that waits for one frame is done in its order. */
export function afterPaint(act) {
  waiting.push(act);
  if (waiting.length > 1) return;
  requestAnimationFrame(() => setTimeout(doAll));
  atLatest = setTimeout(doAll, LONGEST_MS);
}

/** One act that fails is told and takes none of the others with it. */
function doAll() {
  clearTimeout(atLatest);
  for (const act of waiting.splice(0)) {
    try {
      act();
    } catch (error) {
      reportError(error);
    }
  }
}
