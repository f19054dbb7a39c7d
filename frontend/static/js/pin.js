/** Holds the number keys of the unlock screen: they write in the ordinary field beside them and keep nothing. */

const field = document.querySelector(".pin-field");
const keys = document.querySelector(".pin-keys");

keys.hidden = false;
field.inputMode = "none";

keys.addEventListener("click", (event) => {
  const key = event.target.closest("button");
  if (!key) return;
  field.value = key.dataset.key ? field.value + key.dataset.key : field.value.slice(0, -1);
  field.setSelectionRange(field.value.length, field.value.length);
});

document.documentElement.dataset.ready = "1";
