/** Holds one rule for every family screen: a page that the browser kept for Back is fetched anew, never shown again. */

window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
