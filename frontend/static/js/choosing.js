/** Holds choosing from a list that a search replaces: what is ticked moves up among the chosen before the list goes. */

const chosen = document.getElementById("chosen");
const offered = document.getElementById("offered");

function families() {
  return [...offered.querySelectorAll("[data-family]")];
}

document.addEventListener("htmx:before:swap", ({ detail }) => {
  if (detail.ctx.target === offered) chosen.append(...families().filter((one) => one.querySelector(":checked")));
});

document.addEventListener("htmx:after:swap", () => {
  const kept = new Set([...chosen.children].map((one) => one.dataset.family));
  for (const one of families()) if (kept.has(one.dataset.family)) one.remove();
});
