/* What moves on the projector: numbers that glide to a new place when the count changes, the bar that grows, the
   clocks that count down. The page comes as HTML each time, so what stood before is kept here. Under
   prefers-reduced-motion nothing glides; the clocks still tell the time. */

const GLIDE = 600;
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/* Numbers in a picture: by picture and key the place, and how far from it the number still is on its way. */
let drawn = new Map();

const underWay = (disc) => {
  const progress = disc.motion?.effect.getComputedTiming().progress ?? 1;
  return { x: disc.x + disc.dx * (1 - progress), y: disc.y + disc.dy * (1 - progress) };
};

const glide = () => {
  const before = drawn;
  drawn = new Map();
  document.querySelectorAll("svg.matrix").forEach((picture, index) => {
    let moving = false;
    for (const element of picture.querySelectorAll("[data-glide]")) {
      const circle = element.querySelector("circle");
      const disc = { x: Number(circle.getAttribute("cx")), y: Number(circle.getAttribute("cy")), dx: 0, dy: 0 };
      const key = `${index} ${element.dataset.glide}`;
      const earlier = before.get(key);
      drawn.set(key, disc);
      if (!earlier || still.matches) continue;
      const from = underWay(earlier);
      disc.dx = from.x - disc.x;
      disc.dy = from.y - disc.y;
      if (Math.hypot(disc.dx, disc.dy) < 0.5) continue;
      moving = true;
      disc.motion = element.animate(
        [{ transform: `translate(${disc.dx}px, ${disc.dy}px)` }, { transform: "none" }],
        { duration: GLIDE, easing: "ease-out" },
      );
    }
    // The thin lines belong to where the numbers will be.
    if (moving) {
      for (const leader of picture.querySelectorAll("[data-leader]")) {
        leader.animate([{ opacity: 0 }, { opacity: 0, offset: 0.8 }, { opacity: 1 }], { duration: GLIDE });
      }
    }
  });
};

let answered = null;
const grow = () => {
  const bar = document.querySelector(".answered-bar");
  const value = bar ? bar.value : null;
  if (bar && answered !== null && answered !== value && !still.matches) {
    bar.value = answered;
    bar.getBoundingClientRect(); // drawn as it was, so that it grows from there
    bar.value = value;
  }
  answered = value;
};

/* Each picture brings the server's own reading; in between this page counts on by itself. Of two readings of one
   moment the earlier end is right: the other was longer on its way. */
const forms = {
  seconds: (left) => `${left}`,
  clock: (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`,
};
const ends = new Map();

const read = () => {
  for (const { dataset } of document.querySelectorAll("[data-countdown]")) {
    const end = performance.now() + Number(dataset.countdown) * 1000;
    ends.set(dataset.ends, Math.min(end, ends.get(dataset.ends) ?? Infinity));
  }
};

const tick = () => {
  for (const clock of document.querySelectorAll("[data-countdown]")) {
    const left = Math.max(0, Math.ceil((ends.get(clock.dataset.ends) - performance.now()) / 1000));
    const text = forms[clock.dataset.form](left);
    if (clock.textContent !== text) clock.textContent = text;
    const timer = clock.closest("[data-timer]");
    timer.toggleAttribute("data-over", left === 0);
    const unit = timer.querySelector("[data-unit]");
    if (unit && left === 1) unit.textContent = unit.dataset.one;
  }
};

const settle = () => {
  glide();
  grow();
  read();
  tick();
};
settle();
document.addEventListener("live:fragment", settle);
setInterval(tick, 200);
