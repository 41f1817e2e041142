// The cockpit's own touches: the clocks, the live sign, what colleagues do, the copied link. The page works without them.

const live = document.querySelector("[data-live]");
const poll = () => fetch(live.dataset.poll, { headers: { "X-Poll": "1" }, cache: "no-store" });

// Clocks count on between two pushes, up or (the last chance) down; each push brings the server's own reading. One may
// be handed out minutes after it was made, so of two readings of one moment (data-of) the earlier is right.
const read = new WeakSet();
const moments = new Map();
let overdue = null;

function moment(clock, down) {
  const name = `${down ? "down" : "up"} ${clock.dataset.of}`;
  if (!read.has(clock)) {
    read.add(clock);
    const seconds = Number(clock.dataset.clock) * 1000;
    const at = performance.now() + (down ? seconds : -seconds);
    moments.set(name, Math.min(at, moments.get(name) ?? Infinity));
  }
  return moments.get(name);
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const down = clock.hasAttribute("data-down");
    const passed = (performance.now() - moment(clock, down)) / 1000;
    const seconds = down ? Math.max(0, Math.ceil(-passed)) : Math.floor(passed);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (clock.firstElementChild.textContent !== text) clock.firstElementChild.textContent = text;
    if (!down) clock.toggleAttribute("data-late", seconds > Number(clock.dataset.limit));
    // A last chance that is over and still there: looking closes it, should no worker be there to do it.
    if (down && passed > 2 && overdue !== clock) {
      overdue = clock;
      poll().catch(() => {});
    }
  }
}
tick();
setInterval(tick, 250);

// Behind or ahead of the plan changes by itself, without anything that the server would push.
setInterval(async () => {
  const pace = document.querySelector(".cockpit-pace");
  if (!pace || document.hidden) return;
  try {
    const response = await poll();
    const fresh = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
    const now = fresh.querySelector(".cockpit-pace");
    if (now && pace.isConnected && now.textContent !== pace.textContent) pace.replaceWith(document.adoptNode(now));
  } catch {
    // Away for a moment; the next turn tries again.
  }
}, 30000);

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

const inActions = () => [...document.querySelectorAll(".cockpit-actions :is(a, button).button")];

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

// What a colleague or the clock just did, said once. Figures that change are no news.
const said = document.getElementById("cockpit-announced");
const newest = () => live.querySelector("[data-announced]")?.dataset.announced ?? "";
let told = newest();
document.addEventListener("live:fragment", () => {
  if (newest() === told) return;
  told = newest();
  said.textContent = told;
});

// Who works by keyboard keeps the place: over a swap that took the button away it is the round's title (a heading
// does nothing by mistake), and over the new page that follows a press it is the big button.
let inside = false;
document.addEventListener("pointerdown", () => { inside = false; });
document.addEventListener("focusin", (event) => { inside = live.contains(event.target); });
document.addEventListener("live:fragment", () => {
  if (inside && document.activeElement === document.body) {
    document.getElementById("cockpit-round")?.focus({ preventScroll: true });
  }
});

const PLACE = "cockpit-place";
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[form='cockpit-form']");
  if (!button) return;
  const place = { at: location.pathname, y: window.scrollY, id: event.detail === 0 ? button.id : "" };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
});
const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
sessionStorage.removeItem(PLACE);
if (place?.at === location.pathname) {
  // Why a press did nothing stands at the top.
  if (!document.querySelector(".messages")) window.scrollTo(0, place.y);
  const next = place.id && (document.getElementById(place.id) ?? document.getElementById("main-action"));
  if (next) next.focus({ preventScroll: true });
}

// "Meer …" closes with Escape, with a press beside it and with what was chosen in it.
const more = () => document.querySelector(".cockpit-more[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !more()) return;
  const opened = more();
  opened.open = false;
  if (opened.contains(document.activeElement)) opened.firstElementChild.focus();
});
document.addEventListener("click", (event) => {
  const opened = more();
  if (opened && (!opened.contains(event.target) || event.target.closest("a[href^='#']"))) opened.open = false;
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
