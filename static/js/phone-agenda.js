/* Who carries an option, now and as wanted: a tick a person. The radio buttons of each question stay the answers' home;
 * a tick sends 1 at once, and taking it away 0. Who is left unticked counts as 0 once somebody on that side was ticked
 * and the card is left, or once the person says to be done with it: before that nothing is answered. */

import { mark, wordsOf, write } from "./phone-text.js";

const SIDES = ["now", "wanted"];
const ORDER = ["failed", "refused", "kept", "received", "counted"];

class Card {
  constructor(section, ballot) {
    this.section = section;
    this.ballot = ballot;
    this.sum = section.querySelector("[data-summary]");
    this.words = wordsOf(this.sum);
    for (const each of section.querySelectorAll(".agenda-radios")) each.hidden = true;
    for (const each of section.querySelectorAll("[data-drawn]")) each.hidden = false;
    section.classList.add("is-drawn");
  }

  cells(side) {
    return [...this.section.querySelectorAll(`[data-criterion^="${side}-"]`)];
  }

  /* The answer as the phone knows it: a number, null for "weet ik niet", undefined for none. */
  value(cell) {
    return this.ballot.shown(cell.dataset.cell)?.value;
  }

  answer(cell, value) {
    if (this.value(cell) === value) return;
    this.ballot.queue.answer(`${this.ballot.stage}/${cell.dataset.cell}`, value, this.section.querySelector("h2").textContent);
  }

  tick(input) {
    this.answer(input.closest("[data-cell]"), input.checked ? 1 : 0);
  }

  unknown(input) {
    if (input.checked) for (const cell of this.cells(input.dataset.unknown)) this.answer(cell, null);
    this.draw();
  }

  /* What is left unticked on a side where somebody was ticked; `all`: on both sides, ticked or not. */
  settle(all = false) {
    for (const side of SIDES) {
      const cells = this.cells(side);
      const values = cells.map((cell) => this.value(cell));
      const unknown = values.every((value) => value === null);
      if (unknown || !(all || values.some((value) => typeof value === "number"))) continue;
      cells.forEach((cell, at) => typeof values[at] !== "number" && this.answer(cell, 0));
    }
  }

  draw() {
    const said = [];
    for (const side of SIDES) {
      const cells = this.cells(side);
      const values = cells.map((cell) => this.value(cell));
      cells.forEach((cell, at) => (cell.querySelector("[data-tick]").checked = values[at] === 1));
      const unknown = values.every((value) => value === null);
      this.section.querySelector(`[data-unknown=${side}]`).checked = unknown;
      if (values.every((value) => value === undefined)) continue;
      const names = cells.filter((_cell, at) => values[at] === 1).map((cell) => cell.dataset.name);
      said.push(`${this.words[side]}: ${unknown ? this.words.unknown : names.join(", ") || this.words.nobody}`);
    }
    write(this.sum, said.join(" · ") || this.ballot.words.unanswered);
    const states = this.ballot.statesOf(this.section);
    const state = ORDER.find((each) => states.includes(each)) ?? "none";
    mark(this.section.querySelector("[data-agenda-states] .status"), state, state === "none" ? "" : this.ballot.words[state]);
  }
}

/* Draw the ticks of the form, and keep them as the answers are. */
export function offer(ballot) {
  let cards = new Map();
  const draw = () => {
    for (const card of cards.values()) card.draw();
  };
  const find = () => {
    const before = cards;
    const sections = [...ballot.form.querySelectorAll("[data-item]")].filter((each) => each.querySelector("[data-agenda-grid]"));
    cards = new Map(sections.map((section) => [section, before.get(section) ?? new Card(section, ballot)]));
    // All that was asked is gone: the overview says what comes.
    if (ballot.at < 0) ballot.go(0);
    draw();
  };
  const cardOf = (element) => cards.get(element.closest("[data-item]"));
  let here = null;
  const leave = (next) => {
    if (here && here !== next && cards.has(here.section)) here.settle();
    here = next;
  };
  ballot.form.addEventListener("change", (event) => {
    const card = cardOf(event.target);
    if (!card || event.target.type !== "checkbox") return;
    event.stopPropagation();
    leave(card);
    if (event.target.dataset.unknown) card.unknown(event.target);
    else card.tick(event.target);
  }, true);
  ballot.form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-agenda-done]");
    if (!button) return;
    const card = cardOf(button);
    leave(card);
    card.settle(true);
    if (ballot.view === "one") ballot.go(ballot.at + 1, true);
  });
  ballot.addEventListener("moved", () => {
    if (ballot.view === "one") leave(cards.get(ballot.items[ballot.at]) ?? null);
  });
  const away = () => {
    if (!ballot.form.isConnected) return;
    here?.settle();
    ballot.queue.send(true);
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && away());
  window.addEventListener("pagehide", away);
  ballot.addEventListener("drawn", draw);
  ballot.addEventListener("renewed", find);
  find();
  here = cards.get(ballot.items[ballot.at]) ?? null;
}
