/* Two sentences that are always there: how this phone's connection is, and how the room is. While time runs out the
 * second one counts down. Above the page, without moving it: the facilitator's message, and what is said once. */

import { fill, own, roomWords as words, write } from "./phone-text.js";

const CALM = 3000; // a shorter break is not worth a sentence
const BEHIND = 15000; // a receipt that stays uncounted for longer
const SAID = 8000;
const SETTLED = 600; // a finger that was on its way has come down by then
const SAME = 4000; // two ends of time this close are the same one

export class Strip {
  constructor(root, queue) {
    this.root = root;
    this.queue = queue;
    this.lines = document.querySelector("[data-strip]");
    this.notices = document.querySelector("[data-notices]");
    this.state = null;
    this.hearing = true;
    this.reached = true;
    this.waiting = new Map(); // cell → since when it is received but not counted
    this.ends = {}; // what counts down: {left, closing} → ms of performance.now()
    this.said = {};
    this.ahead = Number(root.dataset.now) - performance.now(); // of the server's clock before this page's
    this.trouble = "";
    this.notices.hidden = false;
    this.notices.addEventListener("click", (event) => event.target.closest("[data-dismiss]") && this.dismiss());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.dismiss());
    setInterval(() => this.draw(), 1000);
  }

  /* Stand where the page has room for it: above the buttons of an open form, else at the end. */
  settle() {
    (this.root.querySelector("[data-strip-place]") ?? this.root).append(this.lines);
    this.waiting.clear();
    this.draw();
    // Shown once it says something: that all is well is no news to who listens.
    this.lines.hidden = false;
  }

  hear(state) {
    this.state = state;
    this.clock(state);
    this.message(state.message);
    this.draw();
  }

  /* Seconds in a message count from when it was made: an older one is told by its server's clock. */
  clock({ stage }) {
    const now = performance.now();
    if (stage?.sent) this.ahead = Math.max(this.ahead, stage.sent - now);
    const age = stage?.sent ? now + this.ahead - stage.sent : 0;
    for (const name of ["left", "closing"]) {
      const seconds = stage?.state === "open" ? stage[name] : null;
      const end = seconds === null || seconds === undefined ? null : now + seconds * 1000 - age;
      const before = this.ends[name] ?? null;
      if (end === null || before === null || Math.abs(end - before) > SAME / 2) this.ends[name] = end;
    }
  }

  connection({ live, reached }) {
    this.reached = reached;
    clearTimeout(this.calm);
    const hears = live || reached;
    if (hears === this.hearing) return;
    this.calm = setTimeout(() => {
      this.hearing = hears;
      this.draw();
    }, hears ? 0 : CALM);
  }

  /* What became of this phone's answers: {state: number}, and which are received but not counted. */
  answers(states, uncounted) {
    this.states = states;
    const now = Date.now();
    this.waiting = new Map(uncounted.map((cell) => [cell, this.waiting.get(cell) ?? now]));
    this.draw();
  }

  draw() {
    this.drawOwn();
    this.drawRoom();
  }

  drawOwn() {
    const { failed, kept } = this.states ?? {};
    const away = !navigator.onLine || this.queue.trouble === "offline" || (!this.hearing && !this.reached);
    const trouble = this.queue.trouble === "unknown" ? "unknown"
      : away ? "offline"
        : this.queue.trouble || (failed ? "broken" : "") || (this.queue.full && kept ? "full" : "");
    if (this.trouble && !trouble) {
      this.back = true;
      setTimeout(() => {
        this.back = false;
        this.drawOwn();
      }, SAID);
    }
    this.trouble = trouble;
    const line = this.lines.querySelector("[data-own]");
    line.dataset.level = trouble ? "warn" : this.back ? "good" : "";
    const all = !kept && !this.queue.all("refused").length;
    const text = words[trouble || (this.back && all ? "back" : "online")];
    if (line.dataset.text === text) return;
    line.dataset.text = text;
    write(line, text);
    if (trouble === "unknown") {
      const link = document.createElement("a");
      link.href = this.root.dataset.leave;
      link.textContent = words.again;
      line.append(" ", link);
    }
  }

  drawRoom() {
    const line = this.lines.querySelector("[data-of-room]");
    const timed = this.countdown();
    line.classList.toggle("is-timed", Boolean(timed));
    write(line, timed || this.ofRoom());
  }

  ofRoom() {
    if (!this.hearing || !navigator.onLine) return words.roomAway;
    const oldest = Math.min(...this.waiting.values());
    if (Date.now() - oldest > BEHIND) return words.roomBehind;
    const { stage, joined, answered, ended } = this.state ?? {};
    if (!joined || ended) return "";
    if (stage?.state === "open" && joined > 1) {
      return fill(answered === 1 ? words.roomProgressOne : words.roomProgress, { answered, joined });
    }
    return joined > 1 ? fill(words.roomJoined, { joined }) : words.roomOne;
  }

  /* "Nog 1:48 voor deze ronde.": counted by this page's own clock, said aloud once. */
  countdown() {
    for (const name of ["closing", "left"]) {
      const end = this.ends[name];
      if (end === null || end === undefined) continue;
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      if (!(Math.abs(this.said[name] - end) < SAME)) {
        this.said[name] = end;
        this.announce(name, seconds);
      }
      if (name === "closing") return seconds ? fill(words.closing, { n: seconds }) : words.closingOver;
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      return seconds ? fill(words.left, { time }) : words.leftOver;
    }
    return "";
  }

  announce(name, seconds) {
    if (!seconds) return;
    if (name === "closing") this.say(fill(words.sayClosing, { n: seconds }));
    else {
      const minutes = Math.round(seconds / 60);
      const time = seconds < 55 ? fill(words.seconds, { n: seconds })
        : minutes === 1 ? words.minute : fill(words.minutes, { n: minutes });
      this.say(fill(words.sayLeft, { time }));
    }
  }

  /* Say something once, in sight for a moment, over the page and not in its way. */
  say(text) {
    const place = this.notices.querySelector("[data-say]");
    place.textContent = text;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (place.textContent = ""), SAID);
  }

  /* What was said of a page that is gone needs no saying any more. */
  hush() {
    clearTimeout(this.quiet);
    write(this.notices.querySelector("[data-say]"), "");
  }

  message(message) {
    const place = this.notices.querySelector("[data-message]");
    const seen = Number(own.get(`message:${this.root.dataset.room}`) ?? 0);
    const id = message && message.id > seen ? String(message.id) : "";
    if ((place.dataset.id ?? "") === id) return;
    place.dataset.id = id;
    place.replaceChildren();
    place.classList.remove("is-settled");
    clearTimeout(this.settling);
    if (!id) return;
    this.settling = setTimeout(() => place.classList.add("is-settled"), SETTLED);
    const text = place.appendChild(document.createElement("p"));
    text.appendChild(document.createElement("b")).textContent = `${words.from}: `;
    text.append(message.text);
    const button = place.appendChild(document.createElement("button"));
    button.type = "button";
    button.dataset.dismiss = "";
    button.setAttribute("aria-label", words.dismiss);
    button.textContent = "×";
    this.shownAt = performance.now();
  }

  dismiss() {
    const place = this.notices.querySelector("[data-message]");
    // A finger that was on its way to what lies below is not an answer to the message.
    if (!place.dataset.id || performance.now() - this.shownAt < 500) return;
    own.set(`message:${this.root.dataset.room}`, place.dataset.id);
    const focused = place.contains(document.activeElement);
    place.dataset.id = "";
    place.replaceChildren();
    if (focused) this.root.closest("main").focus({ preventScroll: true });
  }
}
