/** Holds how staff moves marks that are there already: each line begins where it was marked, and the form sends where it ends. */

import { Line } from "./line.js";

for (const form of document.querySelectorAll(".correction")) wake(form);

function wake(form) {
  const words = JSON.parse(form.dataset.words);
  for (const element of form.querySelectorAll(".line")) {
    const kept = form.elements[`mark-${element.dataset.item}`];
    new Line(element, words).restore({ mark: Number(kept.value), capture: null });
    element.addEventListener("marked", ({ detail }) => (kept.value = detail.mark));
  }
}
