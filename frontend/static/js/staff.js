/* Holds what staff screens need beside htmx: a failure is told in words, a form is sent once, an old receipt goes away. */

const bar = document.getElementById("failure");

function tell(words) {
  bar.textContent = words;
  bar.hidden = false;
}

function wordsOf(answer) {
  const told = new DOMParser().parseFromString(answer ?? "", "text/html").querySelector(".error-summary");
  return told ? [...told.children].map((part) => part.textContent.trim()).join(". ") : bar.dataset.refused;
}

document.addEventListener("htmx:error", () => tell(bar.dataset.unreached));

document.addEventListener("htmx:response:error", ({ detail }) => {
  if (detail.ctx.response.status !== 422) tell(wordsOf(detail.ctx.text));
});

document.addEventListener("htmx:after:swap", () => {
  bar.hidden = true;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.once === "sent") event.preventDefault();
  form.dataset.once = "sent";
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-once]")) form.dataset.once = "";
});

document.addEventListener("input", ({ target }) => {
  const receipt = document.getElementById(target.dataset.receipt);
  if (receipt) receipt.textContent = "";
});
