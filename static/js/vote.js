/* The participant's page: one trend a screen, each answer saved at once, and the page that moves on with the room.
 * Without this script the same form works as a list with buttons. */

import { Queue } from "./vote-queue.js";

const root = document.querySelector("[data-room]");
const queue = new Queue(root.dataset.room, root.dataset.participant);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
let ballot = null;
let horizon = 0;

class Ballot {
  constructor(form) {
    this.form = form;
    this.stage = form.dataset.stage;
    this.words = this.one("[data-words]").dataset;
    this.trouble = "";
    this.trends = [...form.querySelectorAll("[data-item]")];
    this.cells = [...form.querySelectorAll("[data-cell]")];
    this.know(form);
    form.classList.add("is-stepped");
    for (const each of form.querySelectorAll("[data-stepped]")) each.hidden = false;
    for (const each of form.querySelectorAll("[data-listed]")) each.hidden = true;
    form.addEventListener("change", (event) => this.tapped(event.target));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => this.clicked(event.target.closest("[data-go]")?.dataset.go));
    queue.offerAgain(this.stage);
    const asked = this.trends.findIndex((trend) => `#${trend.id}` === location.hash);
    this.go(asked >= 0 ? asked : this.firstOpen());
  }

  one(selector) {
    return this.form.querySelector(selector);
  }

  /* Take over what the server stored, as a page carries it. */
  know(form) {
    this.own = JSON.parse(form.elements.was.value || "{}");
    queue.highest(Number(form.dataset.highest));
  }

  /* The newest of what this phone keeps and what the server had: {value, state}, or null. */
  shown(cell) {
    const entry = queue.entry(`${this.stage}/${cell}`);
    const [value, counter, transaction] = this.own[cell] ?? [null, 0, 0];
    if (entry && (entry.c ?? Infinity) > counter) return { value: entry.v, state: this.counted(entry.s, entry.t) };
    return counter ? { value, state: this.counted("received", transaction) } : null;
  }

  counted(state, transaction) {
    return state === "received" && transaction < horizon ? "counted" : state;
  }

  tapped(input) {
    const cell = input.closest("[data-cell]")?.dataset.cell;
    if (!cell) return;
    const title = input.closest("[data-item]").querySelector("h2").textContent;
    queue.answer(`${this.stage}/${cell}`, input.value === "x" ? null : Number(input.value), title);
  }

  clicked(go) {
    if (!go) return;
    const place = { back: this.at - 1, next: this.at + 1, overview: this.trends.length }[go] ?? Number(go);
    this.go(place, true);
  }

  isDone(trend) {
    return [...trend.querySelectorAll("[data-cell]")].every((cell) => this.shown(cell.dataset.cell));
  }

  firstOpen() {
    const open = this.trends.findIndex((trend) => !this.isDone(trend));
    return open < 0 ? this.trends.length : open;
  }

  go(place, byHand = false) {
    this.at = Math.max(0, Math.min(place, this.trends.length));
    const over = this.at === this.trends.length;
    this.trends.forEach((trend, at) => (trend.hidden = at !== this.at));
    this.one("[data-overview]").hidden = !over;
    this.form.classList.toggle("is-over", over);
    history.replaceState(null, "", over ? "#" : `#${this.trends[this.at].id}`);
    this.draw();
    if (!byHand) return;
    window.scrollTo(0, 0);
    (over ? this.one("#overview-title") : this.trends[this.at].querySelector("h2")).focus({ preventScroll: true });
  }

  draw() {
    const states = {};
    for (const cell of this.cells) {
      const shown = this.shown(cell.dataset.cell);
      const state = shown?.state ?? "none";
      const value = shown && (shown.value === null ? "x" : String(shown.value));
      for (const input of cell.querySelectorAll("input")) {
        if (input.checked !== (input.value === value)) input.checked = !input.checked;
      }
      mark(cell.querySelector(".status"), state, this.words[state]);
      states[state] = (states[state] ?? 0) + 1;
    }
    this.drawOverall(states);
    this.drawPlace();
    this.drawBanner(states);
  }

  drawOverall(states) {
    const state = ["failed", "refused", "kept", "received", "counted"].find((each) => states[each]);
    const overall = this.one("[data-overall]");
    overall.hidden = !state;
    if (!state) return;
    const word = this.words[`all${state[0].toUpperCase()}${state.slice(1)}`];
    mark(overall, state, fill(word, { n: states[state] }));
  }

  drawPlace() {
    const total = this.trends.length;
    const over = this.at === total;
    const open = this.trends.map((trend, at) => [trend, at]).filter(([trend]) => !this.isDone(trend));
    const skipped = open.filter(([, at]) => at < this.at).length;
    const place = { n: this.at + 1, total };
    write(this.one("[data-place]"), fill(over ? this.words.hereOverview : this.words.here, place));
    this.one("[data-progress]").value = Math.min(this.at + 1, total);
    this.one("[data-go=back]").disabled = this.at === 0;
    const next = this.one("[data-go=next]");
    next.hidden = over;
    write(next, `${this.at === total - 1 ? this.words.finish : this.words.next} ›`);
    const done = fill(this.words.done, { n: total - open.length });
    write(this.one("[data-go=overview]"), skipped && !over ? `${done} · ${fill(this.words.skipped, { n: skipped })}` : done);
    if (over) this.drawOverview(open);
  }

  drawOverview(open) {
    write(this.one("#overview-title"), open.length ? fill(this.words.open, { n: open.length }) : this.words.complete);
    write(this.one("[data-overview-text]"), open.length ? this.words.openText : this.words.completeText);
    const list = this.one(".overview-list");
    if (list.dataset.open === String(open.map(([, at]) => at))) return;
    list.dataset.open = String(open.map(([, at]) => at));
    list.replaceChildren(...open.map(([trend, at]) => {
      const line = document.createElement("li");
      const button = line.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "overview-open";
      button.dataset.go = at;
      button.textContent = `${at + 1}. ${trend.querySelector("h2").textContent}`;
      return line;
    }));
  }

  drawBanner(states) {
    const trouble = !navigator.onLine && states.kept ? "offline"
      : queue.trouble || (states.failed ? "broken" : "") || (queue.full && states.kept ? "full" : "");
    if (trouble === this.trouble) return;
    const back = !trouble;
    this.trouble = trouble;
    const banner = this.one("[data-banner]");
    banner.classList.toggle("banner-good", back);
    banner.classList.toggle("banner-warn", !back);
    banner.hidden = false;
    write(banner, this.words[trouble || "online"]);
    if (trouble === "unknown") {
      const link = document.createElement("a");
      link.href = root.dataset.leave;
      link.textContent = this.words.again;
      banner.append(" ", link);
    }
    clearTimeout(this.bannerTimer);
    if (back) this.bannerTimer = setTimeout(() => (banner.hidden = true), 5000);
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function mark(element, state, word) {
  element.dataset.status = state;
  write(element.querySelector("b"), word);
}

/* The room in one word, as the server says it in data-key. */
function keyOf({ ended, stage }) {
  if (ended) return "ended";
  if (!stage) return "none";
  const shown = stage.state === "closed" && stage.revealed ? "-revealed" : "";
  return `${stage.id}-${stage.attempt}-${stage.state}${shown}`;
}

async function page() {
  const response = await fetch(root.dataset.main, { cache: "no-store" });
  if (response.status === 403 || response.status === 404) location.reload();
  if (!response.ok) throw new Error(response.status);
  const state = JSON.parse(response.headers.get("X-State"));
  return { html: await response.text(), key: response.headers.get("X-Room"), state };
}

let moving = false;

/* The room is somewhere else: send what is left, then show where it is. A thousand phones don't ask at once. */
async function moveOn() {
  if (moving) return;
  moving = true;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let wait = 700; ; wait = Math.min(wait * 2, 20000)) {
    await Promise.race([queue.send(), pause(4000)]);
    await pause(Math.random() * wait);
    try {
      const { html, key, state } = await page();
      horizon = Math.max(horizon, state.horizon);
      root.dataset.key = key;
      root.innerHTML = html;
      break;
    } catch {
      // Away or busy: what is on the page stays until it can be replaced.
    }
  }
  moving = false;
  start();
  window.scrollTo(0, 0);
  root.querySelector("[data-heading], .trend:not([hidden]) h2, .overview:not([hidden]) h2")?.focus({ preventScroll: true });
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
  ballot = form && new Ballot(form);
  if (!ballot) showRefused();
}

function look(state) {
  horizon = Math.max(horizon, state.horizon);
  const waits = root.querySelector("[data-uncounted]");
  if (keyOf(state) !== root.dataset.key || (waits && horizon > Number(waits.dataset.uncounted))) moveOn();
  else ballot?.draw();
}

queue.addEventListener("change", () => (ballot ? ballot.draw() : showRefused()));
queue.addEventListener("stale", async () => {
  const parsed = new DOMParser().parseFromString((await page()).html, "text/html").querySelector("[data-vote]");
  if (parsed && ballot) ballot.know(parsed);
  ballot?.draw();
});
document.addEventListener("live:state", (event) => look(event.detail));
document.addEventListener("visibilitychange", () => queue.send(document.visibilityState === "hidden"));
window.addEventListener("pagehide", () => queue.send(true));
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  ballot?.draw();
  queue.soon();
  page().then(({ state }) => look(state), () => {});
});
window.addEventListener("online", () => queue.soon(0));
window.addEventListener("offline", () => ballot?.draw());
window.addEventListener("storage", (event) => {
  if (!event.key?.startsWith(queue.prefix)) return;
  ballot?.draw();
  if (queue.all("kept").length) queue.soon(3000); // its own tab sends it; this one only if that tab is gone
});

start();
