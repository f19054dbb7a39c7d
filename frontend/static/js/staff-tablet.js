/** Holds what every staff page does for this tablet: sends what waits, says how much, clears up at log-out; it marks nothing. */

import { enrolled } from "./enrolment.js";
import { fill } from "./moments.js";
import { onStatus, startSending } from "./sender.js";
import { forget } from "./vault.js";
import { register } from "./worker.js";

const WHILE_LOGGED_IN = ["plan", "pin", "draft", "sitting", "sessions", "released"];
const PATIENCE_MS = 2_000;
const GIVEN = /^\/samtaler\/([0-9a-f-]+)\/giv$/;

const state = document.getElementById("tablet-state");

let tablet = null;
let looked = false;

register();
startSending();
onStatus(showWaiting);
lookForTablet();
document.getElementById("log-out")?.addEventListener("submit", leave);
document.addEventListener("submit", enrolFirst);

function showWaiting({ waiting }) {
  if (!state) return;
  state.hidden = !waiting;
  state.querySelector("span").textContent = waiting === 1 ? state.dataset.one : fill(state.dataset.many, { number: waiting });
}

async function lookForTablet() {
  try {
    tablet = await enrolled();
    looked = true;
  } catch (error) {
    console.warn(error);
  }
}

/** What waits to be sent stays; what belongs to whoever was logged in goes. Logging out never waits for storage. */
async function leave(event) {
  event.preventDefault();
  const form = event.target;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([forget(...WHILE_LOGGED_IN).catch(console.warn), patience]);
  form.submit();
}

/** The server knows a tablet by its cookie; one whose storage was emptied must be enrolled again before it is given. */
function enrolFirst(event) {
  const address = event.submitter?.getAttribute("formaction") ?? event.target.getAttribute("action") ?? "";
  const given = GIVEN.exec(address);
  if (!given || !looked || tablet) return;
  event.preventDefault();
  location.assign(`/ipads/tilmeld?samtale=${given[1]}`);
}
