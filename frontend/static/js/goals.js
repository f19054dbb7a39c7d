/** Holds how the family's own goals become lines: one for each, its words put in as text; it marks none. */

/** Lays one line for each goal `{id, words}` where the form has a template for it, and says so when there is none. */
export function layGoals(element, goals) {
  for (const template of element.querySelectorAll("template.goal")) {
    template.before(...goals.map((goal, place) => rowOf(template, goal, place)));
    if (goals.length === 0) template.nextElementSibling.hidden = false;
  }
}

function rowOf(template, { id, words }, place) {
  const row = document.importNode(template.content, true).firstElementChild;
  for (const part of row.querySelectorAll("[id], [aria-labelledby], [aria-describedby]")) number(part, place);
  row.querySelector("[data-item]").dataset.item = id;
  const text = row.querySelector(".goal-words");
  text.textContent = words;
  fold(text, row.querySelector(".goal-more"));
  return row;
}

/** Every line has ids of its own. */
function number(part, place) {
  for (const name of ["id", "aria-labelledby", "aria-describedby"]) {
    if (part.hasAttribute(name)) part.setAttribute(name, `${part.getAttribute(name)}-${place}`);
  }
}

/** A goal that is longer than its room shows its first lines, and all of it on request. */
function fold(text, more) {
  const sized = new ResizeObserver(() => {
    const whole = more.getAttribute("aria-expanded") === "true";
    more.hidden = !whole && text.scrollHeight <= text.clientHeight + 1;
  });
  sized.observe(text);
  more.addEventListener("click", () => {
    const whole = more.getAttribute("aria-expanded") !== "true";
    more.setAttribute("aria-expanded", String(whole));
    text.classList.toggle("whole", whole);
  });
}
