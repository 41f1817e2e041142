/* The form of an open round on a phone, whatever its kind: cards of an item ([data-item]) with questions ([data-cell]),
 * one a screen or all below each other, what became of each answer, and an overview of them all. Cards may stand in
 * parts (data-part), an item then in each: they are counted part by part, and a part may have a world's colour. In a
 * card of dots ([data-dots]) something is divided over many items: all its questions are one answer (Queue.ballot). */

import { cardOf } from "./phone-renew.js";
import { fill, mark, own, roomWords, wordsOf, write } from "./phone-text.js";

const VIEW = "vote-view";
const WORST_FIRST = ["failed", "refused", "kept", "received", "counted"];

const worstOf = (states) => ["failed", "refused", "kept", "none", "received", "counted"].find((each) => states.includes(each));

export class Ballot extends EventTarget {
  constructor(form, queue, horizon) {
    super();
    this.form = form;
    this.queue = queue;
    this.stage = form.dataset.stage;
    this.words = { ...roomWords, ...wordsOf(this.one("[data-words]")) };
    this.rows = new Map();
    this.horizon = horizon;
    this.know(form);
    this.collect();
    for (const each of form.querySelectorAll("[data-scripted]")) each.hidden = false;
    this.makeRoom();
    form.addEventListener("change", (event) => this.tapped(event.target));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => this.clicked(event.target));
    // Tapped on a slow phone before this script was there.
    for (const input of form.querySelectorAll("input:checked")) if (!input.defaultChecked) this.tapped(input);
    for (const box of this.dots) if ([...box.querySelectorAll("option")].some((each) => each.selected && each.value && !each.defaultSelected)) this.divide(box);
    queue.offerAgain(this.stage);
    // Where all is asked on one page there is nothing to step through.
    this.alone = form.dataset.alone !== undefined;
    form.classList.toggle("is-alone", this.alone);
    this.view = this.alone || own.get(VIEW) === "list" ? "list" : "one";
    this.go(this.alone ? 0 : this.asked() ?? this.firstOpen());
  }

  one(selector) {
    return this.form.querySelector(selector);
  }

  /* Below the form there is as much room as its foot takes, however large somebody's letters are. */
  makeRoom() {
    const foot = this.one(".vote-foot");
    const measure = () => document.documentElement.style.setProperty("--st-foot", `${foot.offsetHeight}px`);
    if (window.ResizeObserver) new ResizeObserver(measure).observe(foot);
  }

  /* Take over what the server stored, as a page carries it. */
  know(form) {
    this.stored = JSON.parse(form.elements.was.value || "{}");
    this.queue.highest(Number(form.dataset.highest));
    this.queue.takeBack(this.stage, Number(form.dataset.withdrawn), this.stored);
    this.dispatchEvent(new CustomEvent("known", { detail: form }));
  }

  /* The items as they stand in the form now. */
  collect() {
    const current = this.items?.[this.at];
    this.items = [...this.form.querySelectorAll("[data-item]")];
    this.cells = [...this.form.querySelectorAll("[data-cell]")];
    this.dots = [...this.form.querySelectorAll("[data-dots]")];
    this.divides = new Set(this.dots.map((box) => box.dataset.dots));
    for (const each of this.form.querySelectorAll("[data-plain]")) each.hidden = true;
    if (this.at === undefined) return;
    const wasOver = this.over;
    const at = current ? this.items.indexOf(current) : -1;
    this.at = wasOver ? this.items.length : at < 0 ? Math.min(this.at, this.items.length - 1) : at;
    this.over = wasOver;
    this.address();
  }

  /* Where the address says to be, if it does. */
  asked() {
    if (location.hash === "#overview") return this.items.length;
    const at = this.items.findIndex((item) => `#${item.id}` === location.hash);
    return at < 0 ? null : at;
  }

  /* The newest of what this phone keeps and what the server had: {value, state}, or null. */
  shown(cell) {
    const [value, counter, transaction] = this.stored[cell] ?? [null, 0, 0];
    const entry = this.entry(cell);
    if (entry && (entry.c ?? Infinity) > counter) return { value: entry.v, state: this.counted(entry.s, entry.t) };
    return counter ? { value, state: this.counted("received", transaction) } : null;
  }

  /* What this phone keeps for a question; of a ballot its part, none where the ballot doesn't name the item. */
  entry(cell) {
    const [item, criterion] = cell.split("/");
    if (!this.divides.has(criterion)) return this.queue.entry(`${this.stage}/${cell}`);
    const ballot = this.queue.divided(this.stage, criterion);
    return ballot && item in ballot.v ? { ...ballot, v: ballot.v[item] } : null;
  }

  counted(state, transaction) {
    return state === "received" && transaction < this.horizon() ? "counted" : state;
  }

  tapped(input) {
    const cell = input.closest("[data-cell]")?.dataset.cell;
    const box = input.closest("[data-dots]");
    if (!cell) return;
    if (box) return this.divide(box);
    const title = input.closest("[data-item]").querySelector("h2").textContent;
    this.queue.answer(`${this.stage}/${cell}`, input.value === "x" ? null : Number(input.value), title);
  }

  /* All that a card of dots says now is one answer; what was left open is none. */
  divide(box) {
    const cells = [...box.querySelectorAll("[data-cell]")];
    const values = cells.map((cell) => [`${this.stage}/${cell.dataset.cell}`, Number(cell.querySelector("select").value)]);
    this.queue.ballot(values, box.dataset.name);
  }

  clicked(element) {
    const view = element.closest("[data-view]")?.dataset.view;
    if (view) this.show(view === "one" || this.view === "list" ? "one" : "list");
    const go = element.closest("[data-go]")?.dataset.go;
    if (!go) return;
    const places = { back: this.back(), next: this.at + 1, overview: this.items.length, open: this.firstOpen() };
    this.go(places[go] ?? Number(go), true);
  }

  back() {
    return this.view === "list" ? this.left ?? 0 : this.at - 1;
  }

  show(view) {
    this.view = view;
    own.set(VIEW, view);
    this.go(this.over ? this.firstOpen() % this.items.length : this.at, true);
  }

  /* What the room would not take is as open as what was never answered. */
  isDone(item) {
    return this.statesOf(item).every((state) => state !== "none" && state !== "failed");
  }

  /* What became of each answer in this part of the form, "none" where there is none. */
  statesOf(part) {
    return [...part.querySelectorAll("[data-cell]")].map((cell) => this.shown(cell.dataset.cell)?.state ?? "none");
  }

  firstOpen() {
    const open = this.items.findIndex((item) => !this.isDone(item));
    return open < 0 ? this.items.length : open;
  }

  /* Show an item, or the overview behind the last; by hand the heading gets the focus. */
  go(place, byHand = false) {
    if (!this.over) this.left = this.at;
    this.at = Math.max(0, Math.min(place, this.items.length));
    this.over = this.at === this.items.length;
    this.place();
    this.address();
    this.dispatchEvent(new Event("moved"));
    this.draw();
    if (!byHand) return;
    const heading = this.over ? this.one("#overview-title") : this.items[this.at].querySelector("h2");
    if (this.view === "list" && !this.over) this.items[this.at].scrollIntoView({ behavior: "instant" });
    else window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }

  /* The address says where one is: another language, and the page loaded anew, begin there. */
  address() {
    history.replaceState(null, "", `#${this.over ? "overview" : this.items[this.at]?.id}`);
  }

  /* The cards that are counted with this one, in order: those of the same part, where it has a name. */
  mates(card) {
    const counted = ({ dataset }) => (dataset.partName ? dataset.part : null);
    return this.items.filter((item) => card && counted(item) === counted(card));
  }

  /* What of the form is to be seen. */
  place() {
    const list = this.view === "list";
    const card = list || this.over ? null : this.items[this.at];
    this.form.classList.toggle("in-world", Boolean(card?.classList.contains("in-world")));
    if (card?.dataset.world === undefined) delete this.form.dataset.world;
    else this.form.dataset.world = card.dataset.world;
    this.form.classList.toggle("is-stepped", !list);
    this.form.classList.toggle("is-listed", list);
    this.form.classList.toggle("is-over", this.over);
    this.items.forEach((item, at) => (item.hidden = this.over || (!list && at !== this.at)));
    this.one("[data-overview]").hidden = !this.over;
  }

  draw() {
    this.states = {};
    for (const cell of this.cells) {
      const shown = this.shown(cell.dataset.cell);
      const value = shown && (shown.value === null ? "x" : String(shown.value));
      for (const input of cell.querySelectorAll("input")) {
        if (input.checked !== (input.value === value)) input.checked = !input.checked;
      }
      for (const select of cell.querySelectorAll("select")) if (select.value !== (value ?? "")) select.value = value ?? "";
      if (!cell.closest("[data-dots]")) this.tell(cell, shown?.state ?? "none");
    }
    for (const box of this.dots) this.tell(box, worstOf(this.statesOf(box)));
    this.drawOverall();
    this.drawPlace();
    if (this.over) this.drawOverview();
    this.dispatchEvent(new Event("drawn"));
  }

  /* Say what became of an answer, beside it. */
  tell(place, state) {
    mark(place.querySelector(".status"), state, this.words[state]);
    this.states[state] = (this.states[state] ?? 0) + 1;
  }

  /* What is received and not counted yet. */
  uncounted() {
    const cells = this.cells.map((cell) => cell.dataset.cell);
    return cells.filter((cell) => this.shown(cell)?.state === "received");
  }

  drawOverall() {
    const state = WORST_FIRST.find((each) => this.states[each]);
    const overall = this.one("[data-overall]");
    overall.hidden = !state;
    if (!state) return;
    const word = this.words[`all${state[0].toUpperCase()}${state.slice(1)}`];
    mark(overall, state, fill(word, { n: this.states[state] }));
  }

  drawPlace() {
    const total = this.items.length;
    const done = this.items.map((item) => this.isDone(item));
    const skipped = this.view === "list" || this.over ? 0 : done.slice(0, this.at).filter((each) => !each).length;
    const ready = done.filter(Boolean).length;
    const here = this.over ? "hereOverview" : this.view === "list" ? "hereList" : "here";
    const mates = here === "here" ? this.mates(this.items[this.at]) : this.items;
    const n = here === "here" ? mates.indexOf(this.items[this.at]) + 1 : total;
    write(this.one("[data-place]"), fill(this.words[here], { n, total: mates.length }));
    const progress = this.one("[data-progress]");
    progress.max = mates.length;
    progress.value = this.view === "list" ? ready : n;
    const [back, next] = [this.one("[data-go=back]"), this.one("[data-go=next]")];
    back.classList.toggle("is-away", this.view === "list" && !this.over);
    back.disabled = this.view === "one" && this.at === 0;
    next.classList.toggle("is-away", this.view === "list" || this.over);
    write(next.querySelector("[data-next]"), this.at === total - 1 ? this.words.finish : this.words.next);
    write(this.one("[data-done]"), fill(this.words.done, { n: ready, total }));
    this.one("[data-go=overview]").disabled = this.over;
    write(this.one("[data-skipped]"), this.over ? "" : skipped ? fill(this.words.skipped, { n: skipped }) : this.words.look);
  }

  drawOverview() {
    const open = this.items.filter((item) => !this.isDone(item)).length;
    const total = this.items.length;
    write(this.one("#overview-title"), open ? fill(this.words.open, { n: open, total }) : this.words.complete);
    write(this.one("[data-overview-text]"), open ? this.words.openText : this.words.completeText);
    const first = this.one("[data-overview] [data-go=open]");
    first.hidden = !open;
    write(first, this.words.firstOpen);
    write(this.one("[data-view=other]"), this.view === "list" ? this.words.one : this.words.list);
    const rows = this.items.flatMap((item, at) => {
      const first = item.dataset.partName && this.mates(item)[0] === item;
      return first ? [this.part(item), this.row(item, at)] : [this.row(item, at)];
    });
    // What is there already stays where it is, and so does the focus in it.
    const list = this.one(".overview-list");
    for (const gone of [...list.children].filter((row) => !rows.includes(row))) gone.remove();
    rows.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] ?? null));
  }

  /* What stands above the rows of a part: its name, as its cards have it. */
  part(item) {
    const { part, partName, world } = item.dataset;
    let head = this.rows.get(`part ${part}`);
    if (!head) {
      head = document.createElement("li");
      head.className = "overview-part";
      if (world !== undefined) head.dataset.world = world;
      const sign = item.querySelector("[data-part-sign] > svg");
      const name = document.createElement("h3");
      name.append(...(sign ? [sign.cloneNode(true)] : []), partName);
      head.append(name);
      this.rows.set(`part ${part}`, head);
    }
    return head;
  }

  /* One card in the overview: its answers and what became of them. A row stays the same element. */
  row(item, at) {
    let row = this.rows.get(cardOf(item));
    if (!row) {
      row = document.createElement("li");
      row.innerHTML = '<button type="button" class="overview-row"><b></b><span></span><span class="status status-inline"><b></b></span></button>';
      this.rows.set(cardOf(item), row);
    }
    const [title, answers, state] = row.firstChild.children;
    row.firstChild.dataset.go = at;
    write(title, `${this.mates(item).indexOf(item) + 1}. ${item.querySelector("h2").textContent}`);
    const cells = [...item.querySelectorAll("[data-cell]")];
    const named = (cell) => (item.dataset.partName ? this.answer(cell) : `${cell.dataset.name}: ${this.answer(cell)}`);
    // A card with much in it says itself in short what was answered.
    const short = item.querySelector("[data-dots-left], [data-summary]");
    write(answers, short ? short.textContent : cells.map(named).join(" · "));
    const worst = worstOf(this.statesOf(item));
    mark(state, worst, worst === "none" ? this.words.unanswered : this.words[worst]);
    return row;
  }

  answer(cell) {
    return cell.querySelector("input:checked")?.closest("label").textContent.trim() ?? this.words.unanswered;
  }
}
