/* Holds the copying of a link or a message; where the browser will not, the text is marked for a hand to copy. */

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy), button.nextElementSibling));
}

async function copy(field, receipt) {
  try {
    await navigator.clipboard.writeText(field.value);
    receipt.textContent = receipt.dataset.copied;
  } catch {
    field.focus();
    field.select();
    receipt.textContent = receipt.dataset.select;
  }
}
