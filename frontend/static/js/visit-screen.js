/** Holds how one visit screen is put on the stage, with its parts found by name and the state line under it. */

import { show } from "./stage.js";
import { showState } from "./visit-state.js";

/** Shows a screen and gives `part(name)`: the element that its template calls `data-visit="name"`. */
export function screen(name, slots = {}) {
  show(`visit-${name}`, slots);
  const main = document.querySelector("main.visit");
  const part = (called) => main.querySelector(`[data-visit="${called}"]`);
  showState(part("state"));
  return part;
}

/** Gives a copy of a piece with its `data-name` places filled: a family's row, a person to tick. */
export function piece(name, values = {}) {
  const copy = document.getElementById(`visit-${name}`).content.firstElementChild.cloneNode(true);
  for (const place of copy.querySelectorAll("[data-name]")) place.textContent = values[place.dataset.name];
  return copy;
}

/** Lets a button act once until its work is done, however often it is tapped. */
export function onPress(button, act) {
  let busy = false;
  button.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    try {
      await act();
    } finally {
      busy = false;
    }
  });
}
