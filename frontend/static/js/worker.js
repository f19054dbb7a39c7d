/** Holds how a page meets the service worker: it is registered, a new one takes over when no form is open; it keeps nothing. */

const OPEN = "linjen-form";
const IN_HAND = "in-hand";
const container = navigator.serviceWorker;

/** Registers the service worker and lets a new one take over as soon as no page on this tablet holds it off. */
export async function register() {
  if (!container) return;
  try {
    const registration = await container.register("/sw.js", { updateViaCache: "none" });
    registration.addEventListener("updatefound", () => whenInstalled(registration.installing, registration));
    await takeOver(registration);
  } catch (error) {
    console.warn("the service worker could not be registered", error);
  }
}

/** Holds a new service worker off for as long as this page lives: files of two versions never meet in one form. */
export function holdOff() {
  navigator.locks?.request(OPEN, { mode: "shared" }, () => new Promise(() => {}));
}

/** Lets the service worker answer every address with the shell while a family has the tablet, also after a restart. */
export async function lockAddresses() {
  await globalThis.caches?.open(IN_HAND);
}

/** Lets staff's screens be reached again. */
export async function unlockAddresses() {
  await globalThis.caches?.delete(IN_HAND);
}

/** Says whether everything that is needed without a network is on this tablet; waits for the first installation. */
export async function ready() {
  if (!container) return false;
  const registration = await container.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    registration.active.postMessage("whole?", [port2]);
  });
}

/** Says whether Linjen was opened from the home screen. */
export function installed() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

function whenInstalled(worker, registration) {
  worker.addEventListener("statechange", () => worker.state === "installed" && takeOver(registration));
}

function takeOver(registration) {
  return navigator.locks.request(OPEN, { ifAvailable: true }, (free) => free && registration.waiting?.postMessage("take over"));
}
