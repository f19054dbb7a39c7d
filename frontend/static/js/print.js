/* Holds the print button: it shows itself where there is script, and opens the browser's own print. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
