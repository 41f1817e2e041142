// The cockpit's own touches: the clock, the live sign and the copied link. The page works without them.

// The clock counts on between two pushes; each push brings the server's own reading.
let shown = null;
let from = 0;

function tick() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  if (clock !== shown) {
    shown = clock;
    from = performance.now() - Number(clock.dataset.clock) * 1000;
  }
  const seconds = Math.floor((performance.now() - from) / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (clock.firstElementChild.textContent !== text) clock.firstElementChild.textContent = text;
  clock.toggleAttribute("data-late", seconds > Number(clock.dataset.limit));
}
setInterval(tick, 500);

const sign = document.querySelector("[data-connection]");
document.addEventListener("live:connection", (event) => {
  sign.hidden = false;
  sign.dataset.connection = event.detail.live ? "live" : "away";
  for (const word of sign.children) word.hidden = word.dataset.when !== sign.dataset.connection;
});

// Never two steps with one press: what was pressed says that it is under way, and a button that just became
// another one (a colleague was first, or the second half of a double tap comes in) waits a moment.
const REST = 700;
let buttons = "";
let rested = 0;

const inActions = () => [...document.querySelectorAll(".cockpit-actions .button")];

function settle() {
  const now = inActions().map((each) => each.formAction || each.href).join();
  if (now !== buttons) {
    buttons = now;
    rested = performance.now() + REST;
    setTimeout(() => inActions().forEach((each) => each.removeAttribute("aria-disabled")), REST);
  }
  if (performance.now() < rested) inActions().forEach((each) => each.setAttribute("aria-disabled", "true"));
}
settle();
document.addEventListener("live:fragment", settle);

document.addEventListener("click", (event) => {
  if (event.target.closest(".cockpit-actions [aria-disabled]")) event.preventDefault();
});
document.getElementById("cockpit-form").addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.getAttribute("aria-busy")) event.preventDefault();
  else button?.setAttribute("aria-busy", "true");
});
// A page that comes back from the browser's memory is ready to be pressed again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

for (const link of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  link.textContent = link.dataset.label;
  link.setAttribute("role", "button");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.textContent = link.dataset.copied;
    setTimeout(() => { link.textContent = link.dataset.label; }, 3000);
  });
}
