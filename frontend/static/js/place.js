/** Holds the arithmetic of a place on the line: pixels to marks, steps, words; it touches no page. */
//# allFunctionsCalledOnLoad

export const MARK_MAX = 10_000;
export const STEP = 200;
export const LEAP = 1_000;

/** Both ends catch what lands within 8 CSS px of them: within 2 mm on every iPad. */
export const SNAP_PX = 8;

/** Highest place from the left, 0…10 000, that each word but the last one covers. */
const WORD_LIMITS = [0, 1_000, 3_000, 4_200, 4_899, 5_100, 5_799, 6_999, 8_999, 9_999];

/**
 * Gives the mark at a point: an integer 0…10 000 from the low end, rounded half up.
 *
 * `x` and `left` are CSS px in the same frame, `width` > 0 is the line's length between its ends; a point outside
 * counts as the nearest end. `direction` is "ltr" (low end left) or "rtl" (low end right). One division, no
 * intermediate rounding: exact for every coordinate that a browser's layout can give.
 */
export function markAt(x, left, width, direction = "ltr") {
  const fromLow = direction === "rtl" ? left + width - x : x - left;
  const within = Math.min(Math.max(fromLow, 0), width);
  return Math.floor((2 * MARK_MAX * within + width) / (2 * width));
}

/** Moves a point that is within SNAP_PX of an end, or beyond it, onto that end. */
export function snapped(x, left, width) {
  if (x <= left + SNAP_PX) return left;
  if (x >= left + width - SNAP_PX) return left + width;
  return x;
}

/** Gives the mark that is `distance` (0…10 000, signed, towards the high end) from `mark`, kept on the line. */
export function stepped(mark, distance) {
  return Math.min(Math.max(mark + distance, 0), MARK_MAX);
}

/** Gives how far from the left end, 0…10 000, a mark is seen. */
export function fromLeft(mark, direction = "ltr") {
  return direction === "rtl" ? MARK_MAX - mark : mark;
}

/** Gives which of the eleven words for places, from far left over the middle to far right, fits a mark. */
export function wordAt(mark, direction = "ltr") {
  const place = fromLeft(mark, direction);
  const index = WORD_LIMITS.findIndex((limit) => place <= limit);
  return index < 0 ? WORD_LIMITS.length : index;
}
