/** Holds the smallest page that a form can stand on: it hands every answer to the harness's desk; it knows no turn. */

import { Form } from "/static/js/form.js";
import { show } from "/static/js/stage.js";

show("form", JSON.parse(document.getElementById("stage").dataset.slots));
new Form(document.querySelector(".form"), { deposit });

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
