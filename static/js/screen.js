/* The projector's keys: f full screen, b black, c code and QR, ? these keys, t table and back, arrows, space and a
   presenter's clicker for the slides. What is live comes from live.js; here it is only said when it stops.
   Rounds go on from the cockpit alone: past the last slide a clicker does nothing. */

const html = document.documentElement;
const body = document.body;
const notLive = document.querySelector("[data-not-live]");
const blank = document.querySelector("[data-blank]");
const lockedHint = document.querySelector("[data-hint]");

const room = () => document.querySelector("[data-phase]");
const phase = () => room()?.dataset.phase;
const locked = () => room()?.hasAttribute("data-locked") ?? false;
/* A slide may be laid out for wide screens only, or for narrow ones: what is not there is no slide. */
const slides = () => [...document.querySelectorAll(".slide")].filter((slide) => slide.getClientRects().length);

/* The phase, and within it what the facilitator put on the screen. */
const showing = () => `${phase()} ${room()?.dataset.view ?? ""}`;

/* A new phase or view begins at its first slide; within one, a new picture leaves the room where it is, and so does
   a black screen or a break in between. */
const between = new Set(["blank", "pause"]);
let place = { showing: showing(), slide: 0 };

/* The slide that has the most of the window. */
const current = () => {
  const seen = slides().map((slide) => Math.abs(slide.getBoundingClientRect().top));
  return seen.indexOf(Math.min(...seen));
};

const show = (index) => {
  const all = slides();
  const slide = Math.max(0, Math.min(index, all.length - 1));
  all[slide]?.scrollIntoView({ behavior: "instant", block: "start" });
  if (!between.has(phase())) place = { showing: showing(), slide };
};

const named = (name) => slides().findIndex((slide) => slide.dataset.slide === name);

let hinting = 0;
const sayLocked = () => {
  lockedHint.hidden = false;
  clearTimeout(hinting);
  hinting = setTimeout(() => { lockedHint.hidden = true; }, 4000);
};

/* Locked, the slide stays, whoever presses what. */
const turn = (index) => {
  closeOverlay();
  if (locked()) sayLocked();
  else if (index >= 0) show(index);
};

const toggleTable = () => turn(current() < named("t") ? named("t") : named("m"));

const toggleFullScreen = () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else html.requestFullscreen?.().catch(() => {});
};

/* While the cockpit has it black, the key has nothing to say; and each time the cockpit speaks, the key's black ends. */
const toggleBlank = () => {
  if (phase() !== "blank") blank.hidden = !blank.hidden;
};

const closeOverlay = () => body.removeAttribute("data-overlay-open");
const toggleOverlay = (name) => {
  const there = document.querySelector(`[data-overlay="${name}"]`);
  if (!there || body.dataset.overlayOpen === name) closeOverlay();
  else body.dataset.overlayOpen = name;
};

const next = () => turn(current() + 1);
const previous = () => turn(Math.max(0, current() - 1));

const keys = {
  f: toggleFullScreen,
  b: toggleBlank,
  ".": toggleBlank,
  c: () => toggleOverlay("join"),
  "?": () => toggleOverlay("keys"),
  Escape: closeOverlay,
  t: toggleTable,
  m: () => turn(named("m")),
  " ": next,
  PageDown: next,
  ArrowDown: next,
  ArrowRight: next,
  PageUp: previous,
  ArrowUp: previous,
  ArrowLeft: previous,
  Home: () => turn(0),
  End: () => turn(slides().length - 1),
};

/* On a phone the slides are an ordinary page, and its keys scroll as they always do. */
const asSlides = window.matchMedia("(min-aspect-ratio: 5/4) and (min-height: 500px)");
const ordinary = new Set(["f", "b", ".", "c", "?", "Escape"]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = keys[name];
  if (!act || (!asSlides.matches && !ordinary.has(name))) return;
  if (name === " " && event.target.closest("a, button")) return;
  event.preventDefault();
  act();
});

const buttons = { "full-screen": toggleFullScreen, keys: () => toggleOverlay("keys") };
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) buttons[button.dataset.do]();
  else if (event.target.closest("[data-blank]")) toggleBlank();
  else if (event.target.closest("[data-overlay]")) closeOverlay();
  else if (locked() && event.target.closest(".foot-pages a")) event.preventDefault();
});

/* The operator's buttons show while the mouse moves. */
let resting = 0;
document.addEventListener("pointermove", () => {
  body.dataset.awake = "";
  clearTimeout(resting);
  resting = setTimeout(() => body.removeAttribute("data-awake"), 3000);
});
document.querySelector("[data-tools]").hidden = false;

/* Black by the cockpit, when this page last heard. */
let dark = phase() === "blank";

document.addEventListener("scroll", () => {
  if (!between.has(phase())) place = { showing: showing(), slide: current() };
});

document.addEventListener("live:fragment", () => {
  const now = phase();
  if (dark !== (now === "blank")) {
    blank.hidden = true;
    dark = !dark;
  }
  if (!document.querySelector(`[data-overlay="${body.dataset.overlayOpen}"]`)) closeOverlay();
  if (between.has(now)) return;
  const slide = showing() === place.showing ? place.slide : 0;
  place = { showing: showing(), slide };
  if (asSlides.matches && current() !== slide) show(slide);
});

/* Not live: since when, and what is shown stays. A picture that polling brings is of that moment. */
const markSince = () => {
  notLive.querySelector("[data-since]").textContent =
    new Date().toLocaleTimeString(html.lang, { hour: "2-digit", minute: "2-digit" });
};

document.addEventListener("live:connection", ({ detail }) => {
  if (!detail.live && notLive.hidden) markSince();
  notLive.hidden = detail.live;
});
document.addEventListener("live:fragment", () => {
  if (!notLive.hidden) markSince();
});

/* The laptop at the projector stays awake, where the browser can see to it. */
const stayAwake = () => {
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
};
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
