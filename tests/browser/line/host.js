/** Holds the smallest page that a form can stand on: it hands every answer to the harness's desk; it knows no turn. */

import { Form, partsOf } from "/static/js/form.js";
import { show } from "/static/js/stage.js";

const { slots, goals } = document.getElementById("stage").dataset;
const parts = await partsOf(document.getElementById("form"));
show("form", JSON.parse(slots));
new Form(document.querySelector(".form"), { deposit, parts, goals: JSON.parse(goals) });

async function deposit(given) {
  const answer = await fetch("/desk", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  const { reason } = await answer.json();
  if (reason) throw Object.assign(new Error("the desk keeps nothing"), { reason });
  location.replace("/kept");
}
