/* Holds the reading of a large curve: pointing at a session, by finger, mouse or arrow keys, shows its numbers in words. */

const LINE = "curve-reader";
const ANEW = ["htmx:after:swap", "live:put"]; // a sheet may have been drawn anew, by a toggle or by what came
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

let chosen = null; // the session that the reader went to, also on a sheet that is drawn anew

function begin(sheet) {
  const place = sheet.querySelector(".curve-reading");
  if (!place || !place.hidden) return;
  const readings = [...sheet.querySelectorAll(".curve-readings li")].map((item) => ({
    session: item.dataset.session,
    x: Number(item.dataset.x),
    words: item.textContent,
  }));
  const panels = [...sheet.querySelectorAll("svg.curve-panel[role=img]")];
  const lines = panels.map(lineIn);
  let at = readings.findIndex(({ session }) => session === chosen);

  function show(next) {
    at = Math.min(Math.max(next, 0), readings.length - 1);
    const { session, x, words } = readings[at];
    chosen = session;
    place.textContent = words;
    place.setAttribute("aria-valuenow", String(at + 1));
    place.setAttribute("aria-valuetext", words);
    for (const line of lines) {
      line.setAttribute("transform", `translate(${x} 0)`);
      line.removeAttribute("visibility");
    }
  }

  function pointed({ clientX, currentTarget }) {
    const x = (clientX - currentTarget.getScreenCTM().e) / currentTarget.getScreenCTM().a;
    const far = readings.map((reading) => Math.abs(reading.x - x));
    show(far.indexOf(Math.min(...far)));
  }

  if (at < 0) at = readings.length - 1;
  else show(at);
  place.hidden = false;
  place.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: readings.length - 1 };
    const next = event.key in STEPS ? at + STEPS[event.key] : ends[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
  for (const panel of panels) {
    panel.addEventListener("pointermove", pointed);
    panel.addEventListener("pointerdown", pointed);
  }
}

function lineIn(panel) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("class", LINE);
  line.setAttribute("visibility", "hidden");
  line.setAttribute("d", `M0 ${panel.dataset.top ?? 0}V${panel.viewBox.baseVal.height - 14}`);
  panel.prepend(line);
  return line;
}

function beginAll() {
  for (const sheet of document.querySelectorAll(".curve-sheet")) begin(sheet);
}

for (const name of ANEW) document.addEventListener(name, beginAll);
beginAll();
