/* The projector's keys: f full screen, t table and back, b black, arrows, space and a presenter's clicker for the
   slides. What is live comes from live.js; here it is only said when it stops. */

const html = document.documentElement;
const notLive = document.querySelector("[data-not-live]");
const blank = document.querySelector("[data-blank]");

const slides = () => [...document.querySelectorAll(".slide")];

/* The slide that has the most of the window. */
const current = () => {
  const seen = slides().map((slide) => Math.abs(slide.getBoundingClientRect().top));
  return seen.indexOf(Math.min(...seen));
};

const show = (index) => {
  const all = slides();
  all[Math.max(0, Math.min(index, all.length - 1))]?.scrollIntoView({ behavior: "instant", block: "start" });
};

const toggleTable = () => {
  const all = slides();
  const table = all.findIndex((slide) => slide.dataset.slide === "t");
  const matrix = all.findIndex((slide) => slide.dataset.slide === "m");
  if (table >= 0) show(current() < table ? table : matrix);
};

const toggleFullScreen = () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else html.requestFullscreen?.().catch(() => {});
};

const toggleBlank = () => {
  blank.hidden = !blank.hidden;
};

const next = () => show(current() + 1);
const previous = () => show(current() - 1);

const keys = {
  f: toggleFullScreen,
  t: toggleTable,
  b: toggleBlank,
  ".": toggleBlank,
  m: () => show(slides().findIndex((slide) => slide.dataset.slide === "m")),
  " ": next,
  PageDown: next,
  ArrowDown: next,
  ArrowRight: next,
  PageUp: previous,
  ArrowUp: previous,
  ArrowLeft: previous,
  Home: () => show(0),
  End: () => show(slides().length - 1),
};

/* On a phone the slides are an ordinary page, and its keys scroll as they always do. */
const asSlides = window.matchMedia("(min-aspect-ratio: 5/4) and (min-height: 500px)");
const ordinary = new Set(["f", "b", "."]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = keys[name];
  if (!act || (!asSlides.matches && !ordinary.has(name))) return;
  if (name === " " && event.target.closest("a, button")) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-blank]")) toggleBlank();
  if (event.target.closest("[data-full-screen]")) toggleFullScreen();
});

/* A new phase begins at its first slide; within one, a new picture leaves the room where it is. */
let phase = document.querySelector("[data-phase]")?.dataset.phase;
document.addEventListener("live:fragment", () => {
  const now = document.querySelector("[data-phase]")?.dataset.phase;
  if (now !== phase) show(0);
  phase = now;
});

document.addEventListener("live:connection", ({ detail }) => {
  if (!notLive) return;
  if (!detail.live && notLive.hidden) {
    const since = notLive.querySelector("[data-since]");
    since.textContent = new Date().toLocaleTimeString(html.lang, { hour: "2-digit", minute: "2-digit" });
  }
  notLive.hidden = detail.live;
});
