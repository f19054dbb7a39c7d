/** Holds the arithmetic of a drawing: strokes of whole numbers in a square, thinned until they fit; it touches no page. */

export const SIDE = 1_000;
export const MOST_STROKES = 200;
export const MOST_POINTS = 4_000;

/** How far, in the square's units, a point may lie from the thinned stroke: less than the pen is wide. */
const SLACK = 1;

/**
 * Thins strokes `[[x0, y0, x1, y1, …], …]` until there are at most `points` points in at most MOST_STROKES strokes.
 *
 * As little is left out as will do: of too many strokes the shortest, of too many points those nearest to their stroke.
 */
export function thinned(strokes, points = MOST_POINTS) {
  let kept = longest(strokes);
  for (let slack = SLACK; kept.flat().length > 2 * points; slack *= 1.5) {
    kept = kept.map((stroke) => simplified(stroke, slack));
  }
  return kept;
}

/** Leaves out the points that lie within `slack` of the line between their neighbours (Ramer, Douglas and Peucker). */
export function simplified(stroke, slack = SLACK) {
  const last = stroke.length / 2 - 1;
  const needed = new Set([0, last]);
  const spans = [[0, last]];
  while (spans.length) {
    const [from, to] = spans.pop();
    const [far, distance] = farthest(stroke, from, to);
    if (distance <= slack) continue;
    needed.add(far);
    spans.push([from, far], [far, to]);
  }
  return [...needed].sort((one, other) => one - other).flatMap((at) => [stroke[2 * at], stroke[2 * at + 1]]);
}

function farthest(stroke, from, to) {
  let found = [from, 0];
  for (let at = from + 1; at < to; at += 1) {
    const distance = distanceTo(stroke, at, from, to);
    if (distance > found[1]) found = [at, distance];
  }
  return found;
}

/** Gives how far point `at` is from the piece of line between the points `from` and `to`. */
function distanceTo(stroke, at, from, to) {
  const [x, y] = [stroke[2 * at] - stroke[2 * from], stroke[2 * at + 1] - stroke[2 * from + 1]];
  const [dx, dy] = [stroke[2 * to] - stroke[2 * from], stroke[2 * to + 1] - stroke[2 * from + 1]];
  const square = dx * dx + dy * dy;
  const along = square && Math.min(Math.max((x * dx + y * dy) / square, 0), 1);
  return Math.hypot(x - along * dx, y - along * dy);
}

function longest(strokes) {
  if (strokes.length <= MOST_STROKES) return strokes;
  const kept = new Set([...strokes].sort((one, other) => lengthOf(other) - lengthOf(one)).slice(0, MOST_STROKES));
  return strokes.filter((stroke) => kept.has(stroke));
}

function lengthOf(stroke) {
  let length = 0;
  for (let at = 2; at < stroke.length; at += 2) {
    length += Math.hypot(stroke[at] - stroke[at - 2], stroke[at + 1] - stroke[at - 1]);
  }
  return length;
}
