/* The participant's page, whatever the kind of round: each answer saved at once, and a page that moves on with the
 * room and never takes anything away. Without this script the same form works as a list with buttons. */

import { Ballot } from "./phone-ballot.js";
import { news, renew, steady } from "./phone-renew.js";
import { signal } from "./phone-signals.js";
import { Strip } from "./phone-strip.js";
import { fill, roomWords as words } from "./phone-text.js";
import { Queue } from "./vote-queue.js";

const root = document.querySelector("[data-room]");
const queue = new Queue(root.dataset.room, root.dataset.participant);
const strip = new Strip(root, queue);
let ballot = null;
let horizon = 0;
// The version of the words on the page, as far as is known.
let wording = null;

/* The room in one word, as the server says it in data-key. */
function keyOf({ ended, stage }) {
  if (ended) return "ended";
  if (!stage) return "none";
  const shown = stage.state === "closed" && stage.revealed ? "-revealed" : "";
  return `${stage.id}-${stage.attempt}-${stage.state}${shown}`;
}

/* This device may be somebody else by now, by another tab: then this page is not theirs. */
function sameOne(participant) {
  if (participant && participant !== root.dataset.participant) location.reload();
}

async function page() {
  const response = await fetch(root.dataset.main, { cache: "no-store" });
  if (response.status === 403 || response.status === 404) location.reload();
  if (!response.ok) throw new Error(response.status);
  sameOne(response.headers.get("X-Participant"));
  const state = JSON.parse(response.headers.get("X-State"));
  return { html: await response.text(), key: response.headers.get("X-Room"), state };
}

const formIn = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("[data-vote]");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* The page as it is now, however long it takes. A thousand phones don't ask at once. */
async function pageInTime(before = () => {}) {
  for (let wait = 700; ; wait = Math.min(wait * 2, 20000)) {
    await before();
    await pause(Math.random() * wait);
    try {
      return await page();
    } catch {
      // Away or busy: what is on the page stays until it can be replaced.
    }
  }
}

let busy = false;
let meanwhile = null;

/* One after the other: what came in meanwhile is looked at afterwards. It may be newer than the page that was fetched. */
async function alone(work) {
  if (busy) return;
  busy = true;
  meanwhile = null;
  try {
    await work();
  } finally {
    busy = false;
  }
  if (meanwhile) hear(meanwhile);
  if (strip.state) look(strip.state);
}

/* The room is somewhere else: send what is left, then show where it is. */
const moveOn = () => alone(async () => {
  const { html, key, state } = await pageInTime(() => Promise.race([queue.send(), pause(4000)]));
  const same = key === root.dataset.key && !root.querySelector("[data-uncounted]");
  hear(state);
  if (same) return takeOver(html);
  root.dataset.key = key;
  strip.hush();
  wording = state.stage?.items ?? null;
  replace(html);
});

/* The facilitator changed the items: only what changed is replaced, where it stands. */
const mend = () => alone(async () => {
  const { html, key, state } = await pageInTime();
  hear(state);
  if (key === root.dataset.key) takeOver(html);
});

/* Another page, or another form in the same round: what is asked is another thing. */
function replace(html) {
  root.innerHTML = html;
  start();
  window.scrollTo(0, 0);
  root.querySelector("[data-heading], .ask:not([hidden]) h2, .overview:not([hidden]) h2")?.focus({ preventScroll: true });
}

function takeOver(html) {
  const fresh = formIn(html);
  if (!fresh || !ballot) return;
  if (fresh.dataset.form !== ballot.form.dataset.form) return replace(html);
  ballot.know(fresh);
  if (fresh.dataset.items !== ballot.form.dataset.items) {
    const focused = document.activeElement;
    let change;
    steady(ballot.form, () => {
      change = renew(ballot.form, fresh);
      ballot.collect();
      ballot.place();
      ballot.draw();
    });
    if (change.gone.some((item) => item.contains(focused))) ballot.go(ballot.at, true);
    divide();
    ballot.dispatchEvent(new Event("renewed"));
    const said = news(change, ballot.form, ballot.words);
    if (said) strip.say(said);
  }
  ballot.draw();
}

/* Short texts are looked after once there is a field to write in: at once, or where all fields are folded away when the
 * first is unfolded; also where a text waits on this phone. */
function whenWritten(form, work) {
  const fields = [...form.querySelectorAll("[data-contribution]")];
  const prefix = `text:${root.dataset.room}:${root.dataset.participant}:${form.dataset.stage}/`;
  const waits = () => Object.keys(localStorage).some((key) => key.startsWith(prefix));
  if (!fields.length) return;
  if (fields.some((field) => !field.closest("details:not([open])")) || attempt(waits)) work();
  else form.addEventListener("toggle", work, { capture: true, once: true });
}

/* What it gives, or null where storage is switched off. */
function attempt(get) {
  try {
    return get();
  } catch {
    return null;
  }
}

/* Dots are drawn once a form has any; they may come while it is open. */
function divide() {
  const begun = ballot;
  if (begun.divided || !begun.form.querySelector("[data-dots]")) return;
  begun.divided = true;
  import("./phone-dots.js").then(({ offer }) => offer(begun));
}

/* What came too late stays to be seen on the page of a closed round. */
function showRefused() {
  const place = root.querySelector("[data-refused]");
  const titles = new Set(queue.all("refused").map(([, entry]) => entry.n));
  if (!place) return;
  place.hidden = !titles.size;
  place.querySelector("ul").replaceChildren(...[...titles].map((title) => {
    const line = document.createElement("li");
    line.textContent = title;
    return line;
  }));
}

function start() {
  const form = root.querySelector("[data-vote]");
  ballot = null;
  if (form) {
    ballot = new Ballot(form, queue, () => horizon);
    ballot.addEventListener("drawn", tell);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-signal]");
      if (button) signal(button, form, root.dataset.signals, (text) => strip.say(text));
    });
    if (form.dataset.anew && !ballot.states.received && !ballot.states.counted) strip.say(form.dataset.anew);
    const begun = ballot;
    // What only some kinds need is fetched by those alone.
    if (form.dataset.module) import(form.dataset.module).then(({ offer }) => offer(begun, root, (text) => strip.say(text)));
    divide();
    const say = (text) => strip.say(text);
    whenWritten(form, () => import("./phone-contribution.js").then(({ offer }) => form.isConnected && offer(begun, root, say)));
    if ("speechSynthesis" in window) import("./phone-read.js").then(({ offer }) => offer(begun));
  } else showRefused();
  strip.settle();
  tell();
  document.dispatchEvent(new CustomEvent("room:shown", { detail: { root } }));
}

function tell() {
  strip.answers(ballot?.states ?? {}, ballot?.uncounted() ?? []);
}

function hear(state) {
  horizon = Math.max(horizon, state.horizon);
  strip.hear(state);
}

/* The question or a title was changed on a page without a form. */
const reword = () => alone(async () => {
  const { html, key, state } = await pageInTime();
  hear(state);
  if (key !== root.dataset.key || ballot) return;
  root.innerHTML = html;
  wording = state.stage?.items ?? null;
  start();
});

function look(state) {
  const waits = root.querySelector("[data-uncounted]");
  wording ??= state.stage?.items ?? null;
  if (keyOf(state) !== root.dataset.key || (waits && horizon > Number(waits.dataset.uncounted))) moveOn();
  else if (ballot && state.stage.items > Number(ballot.form.dataset.items)) mend();
  else if (!ballot && state.stage?.items > wording) reword();
  else {
    // Closed and open again while this page never moved.
    if (ballot && queue.hasRefused(ballot.stage)) queue.offerAgain(ballot.stage);
    ballot?.draw();
  }
}

queue.addEventListener("change", () => (ballot ? ballot.draw() : showRefused()));

/* Somewhere else something newer was said: take over what the server has. */
async function refresh() {
  const { html } = await pageInTime();
  const fresh = formIn(html);
  if (fresh && ballot) ballot.know(fresh);
  ballot?.draw();
}

let withdrawn = 0;
queue.addEventListener("stale", refresh);
queue.addEventListener("other", () => location.reload());
queue.addEventListener("gone", ({ detail }) => {
  strip.say(fill((ballot?.words ?? words).vanished ?? "", { title: detail.join(", ") }));
});
document.addEventListener("live:polled", ({ detail }) => sameOne(detail.participant));
document.addEventListener("live:state", ({ detail }) => {
  if (busy) meanwhile = detail;
  hear(detail);
  look(detail);
});
document.addEventListener("live:connection", ({ detail }) => strip.connection(detail));
document.addEventListener("visibilitychange", () => queue.send(document.visibilityState === "hidden"));
window.addEventListener("pagehide", () => queue.send(true));
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  ballot?.draw();
  queue.soon();
});
window.addEventListener("online", () => queue.soon(0));
window.addEventListener("offline", () => strip.draw());
window.addEventListener("storage", (event) => {
  if (!event.key?.startsWith(queue.prefix)) return;
  ballot?.draw();
  if (event.newValue === null) {
    clearTimeout(withdrawn);
    withdrawn = setTimeout(refresh, 1000);
  }
  if (queue.all("kept").length) queue.soon(3000); // its own tab sends it; this one only if that tab is gone
});
// Another language is another page: it opens where this one was.
document.querySelector("form.language")?.addEventListener("submit", ({ target }) => {
  target.elements.next.value = target.elements.next.value.split("#")[0] + location.hash;
});

start();
const known = JSON.parse(document.querySelector("[data-state]").dataset.state);
if (keyOf(known) === root.dataset.key) hear(known);
