/* Holds the keys of the caseload: "/" goes to the search, the arrows from family to family; all else is plain links. */

const search = document.getElementById("q");

function families() {
  return [...document.querySelectorAll("#caseload .row-link")];
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
    search.select();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = families();
  const here = links.indexOf(document.activeElement);
  if (step && here >= 0 && links[here + step]) {
    event.preventDefault();
    links[here + step].focus();
  }
});
