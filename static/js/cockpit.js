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

// One press is enough: what was pressed says that it is under way.
document.getElementById("cockpit-form").addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || button.getAttribute("aria-busy")) event.preventDefault();
  else button.setAttribute("aria-busy", "true");
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
