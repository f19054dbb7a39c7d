/** Holds the enrolment of this tablet: one button, then on to where it was asked for; what fails is said in words. */

import { enrol } from "./enrolling.js";

const form = document.getElementById("enrol");
const words = JSON.parse(form.dataset.words);
const button = form.querySelector("button");
const mistake = form.querySelector(".error-summary");
const receipt = form.querySelector(".receipt");

let busy = false;

button.disabled = false;
form.addEventListener("submit", pressed);

async function pressed(event) {
  event.preventDefault();
  if (busy) return;
  busy = true;
  mistake.hidden = true;
  receipt.textContent = words.enrolling;
  try {
    await enrol(form.elements.name.value.trim());
    location.replace(form.dataset.next);
  } catch (error) {
    receipt.textContent = "";
    tell(error);
    busy = false;
  }
}

function tell({ reason, words: said }) {
  const [title, advice] = words[reason] ?? words.storage;
  mistake.querySelector("h2").textContent = title;
  mistake.querySelector("p").textContent = (reason === "refused" && said) || advice;
  mistake.hidden = false;
  mistake.focus();
}
