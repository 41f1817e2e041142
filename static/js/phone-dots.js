/* Dots to divide over items: − and + at each, or one button where an item has at most one. The lists to choose from
 * below them stay the answers' home: a tap chooses in one of them, as a finger would, and phone-ballot.js takes all
 * lists of the card together as one ballot. */

import { fill, wordsOf, write } from "./phone-text.js";

const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

/* One item, with its list and what is drawn in its place. */
class Row {
  constructor(element, dots) {
    this.element = element;
    this.dots = dots;
    this.select = element.querySelector("select");
    this.pick = element.querySelector(".dots-pick");
    this.build();
    this.pick.hidden = false;
    element.querySelector("[data-dots-choose]").hidden = true;
  }

  get title() {
    return this.element.dataset.name;
  }

  get value() {
    return Number(this.select.value);
  }

  build() {
    const { most } = this.dots;
    if (most === 1) {
      this.more = this.button("dots-support", () => this.choose(this.value ? 0 : 1));
      return this.pick.replaceChildren(this.more);
    }
    this.less = this.button("dots-step", () => this.choose(this.value - 1), "−");
    this.more = this.button("dots-step", () => this.choose(this.value + 1), "+");
    this.given = make("span", "dots-given");
    this.figure = make("b", "dots-figure");
    this.places = Array.from({ length: most }, () => make("i", "dots-dot"));
    const drawn = make("span", "dots-drawn");
    drawn.append(...this.places);
    this.given.append(drawn, this.figure);
    return this.pick.replaceChildren(this.less, this.given, this.more);
  }

  button(className, act, text = "") {
    const button = make("button", className, text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  /* One that can't be pressed says why instead, and keeps the focus. */
  choose(value) {
    const { most, left } = this.dots;
    if (value < 0) return;
    if (value > most) this.dots.hint(this.dots.words.full || this.dots.words.used);
    else if (value > this.value && left <= 0) this.dots.hint(this.dots.words.used);
    else this.give(value);
  }

  give(value) {
    this.select.value = String(value);
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.dots.say(fill(this.dots.words.given, { title: this.title, n: value }));
  }

  draw() {
    const { most, left, words } = this.dots;
    const { value } = this;
    const blocked = left <= 0 && !(most === 1 && value);
    if (most === 1) {
      this.more.setAttribute("aria-pressed", String(value === 1));
      write(this.more, value ? words.supported : words.support);
    } else {
      this.more.setAttribute("aria-label", fill(words.more, { title: this.title }));
      this.less.setAttribute("aria-label", fill(words.less, { title: this.title }));
      this.less.setAttribute("aria-disabled", String(value <= 0));
      this.places.forEach((place, at) => place.classList.toggle("is-given", at < value));
      write(this.figure, String(value));
    }
    this.more.setAttribute("aria-disabled", String(blocked || (most > 1 && value >= most)));
  }
}

/* A card of dots. */
class Dots {
  constructor(box, ballot) {
    this.box = box;
    this.ballot = ballot;
    this.words = wordsOf(box);
    this.budget = Number(box.dataset.budget);
    this.most = Number(box.dataset.most);
    this.rows = new Map();
    this.hints = box.querySelector("[data-dots-hint]");
    this.hints.hidden = false;
    this.find();
  }

  /* The items as they stand in the form now. A ballot that doesn't name them all goes again, with none for the new. */
  find() {
    const elements = [...this.box.querySelectorAll("[data-option]")];
    const before = this.rows;
    this.rows = new Map(elements.map((each) => [each, before.get(each) ?? new Row(each, this)]));
    this.complete();
    this.draw();
  }

  complete() {
    const named = this.ballot.statesOf(this.box).filter((state) => state !== "none").length;
    if (named && named < this.rows.size && this.left >= 0) this.ballot.divide(this.box);
  }

  get left() {
    return this.budget - [...this.rows.values()].reduce((sum, row) => sum + row.value, 0);
  }

  draw() {
    const { left, words } = this;
    for (const row of this.rows.values()) {
      row.draw();
      row.more.setAttribute("aria-describedby", this.hints.id);
    }
    const text = left < 0 ? words.tooMany : left ? words.left : words.spent;
    write(this.box.querySelector("[data-dots-left]"), fill(text, { n: Math.abs(left), total: this.budget }));
    this.box.classList.toggle("is-spent", left <= 0);
    if (this.said !== this.state) write(this.hints, this.usual);
    this.said = this.state;
  }

  /* What was divided, so that a hint on one tap goes with the next. */
  get state() {
    return [...this.rows.values()].map((row) => row.value).join() + (this.refused ?? "");
  }

  /* Why the ballot was refused, if it was. */
  get refused() {
    const entry = this.ballot.queue.divided(this.ballot.stage, this.box.dataset.dots);
    return entry?.s === "failed" ? entry.r : undefined;
  }

  get usual() {
    const { left, words } = this;
    if (this.refused === "incomplete_ballot") return words.incompleteBallot;
    if (left < 0 || this.refused === "over_budget") return words.overBudget;
    return left === 0 ? words.used : left < this.budget ? words.move : words.begin;
  }

  hint(text) {
    write(this.hints, text);
    this.say(text);
  }

  /* To who listens: what was tapped, and how much is left. */
  say(text) {
    const left = this.box.querySelector("[data-dots-left]").textContent;
    write(this.box.querySelector("[data-dots-said]"), text === this.hints.textContent ? text : `${text} ${left}.`);
  }
}

/* Draw the cards of dots in the form, and keep them as the answers are. */
export function offer(ballot) {
  let cards = new Map();
  const find = () => {
    const before = cards;
    cards = new Map([...ballot.form.querySelectorAll("[data-dots]")].map((box) => [box, before.get(box) ?? new Dots(box, ballot)]));
    for (const [box, card] of cards) if (before.has(box)) card.find();
  };
  find();
  ballot.addEventListener("drawn", () => {
    for (const card of cards.values()) {
      // Refused for an item that came in the meantime, and is on the page by now.
      if (card.refused === "incomplete_ballot") card.complete();
      card.draw();
    }
  });
  ballot.addEventListener("renewed", find);
}
