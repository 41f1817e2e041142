/* The agenda's page: what was not saved is not lost unasked, what didn't arrive is said, and the focus goes on where an
   option came or went. Saving itself is htmx's; without this script, and without htmx, the same forms work. */

const said = document.getElementById("said");
const away = document.querySelector("[data-away]");
const lines = document.getElementById("agenda-lines");

const typed = (form) => [...form.elements].some((each) => {
  if (each.matches("select")) return [...each.options].some((option) => option.selected !== option.defaultSelected);
  if (each.matches("[type=radio], [type=checkbox]")) return each.checked !== each.defaultChecked;
  return each.matches("input:not([type=hidden]), textarea") && each.value !== each.defaultValue;
});
const unsaved = () => [...document.querySelectorAll(".agenda-form")].some(typed);

let leaving = false;
document.addEventListener("submit", (event) => {
  if (event.target.matches(".agenda-form")) leaving = true;
});
window.addEventListener("pageshow", () => { leaving = false; });
window.addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved()) event.preventDefault();
});

/* Beside the button that was pressed, and aloud. */
function tell(form) {
  said.textContent = away.textContent;
  form.querySelector(".agenda-away")?.remove();
  const words = Object.assign(document.createElement("span"), { className: "agenda-away", textContent: away.textContent });
  (form.querySelector(".edit-buttons") ?? form).append(words);
}

document.body.addEventListener("htmx:sendError", (event) => tell(event.detail.elt));
document.body.addEventListener("htmx:responseError", (event) => tell(event.detail.elt));
document.body.addEventListener("htmx:beforeRequest", (event) => {
  leaving = false;
  event.detail.elt.querySelector?.(".agenda-away")?.remove();
});

/* Where an option left the agenda the focus goes to the next one, where one came to its own. */
let place = -1;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  place = [...lines.children].findIndex((line) => line.contains(event.detail.requestConfig.elt));
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const next = place < 0 ? lines.lastElementChild : lines.children[Math.min(place, lines.children.length - 1)];
  (next?.querySelector("summary") ?? document.querySelector("#agenda-others button"))?.focus();
});
