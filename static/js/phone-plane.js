/* Two crossed axes as a plane of five by five places: one tap or one arrow key answers both scales. The scales below it
 * stay the answers' home: a place only chooses two of their radio buttons, as a finger would, so the queue, other tabs
 * and the plain form know nothing of planes. In words it is one group of radio buttons, each saying both its values. */

import { fill, own, wordsOf, write } from "./phone-text.js";

const CHOICE = "axes-view";
const VALUES = [-2, -1, 0, 1, 2];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};
const signed = (value) => String(value).replace("-", "−");
const inside = (pole) => pole[0].toLowerCase() + pole.slice(1);

/* One of the two scales: its names, and its answer as the form shows it. */
class Scale {
  constructor(fieldset) {
    this.fieldset = fieldset;
    this.name = fieldset.dataset.name;
    [this.low, this.high] = [...fieldset.querySelectorAll(".scale-ends span")].map((end) => end.textContent);
  }

  /* A value, null for "weet ik niet", undefined where there is no answer. */
  get value() {
    const chosen = this.fieldset.querySelector("input:checked");
    return chosen ? (chosen.value === "x" ? null : Number(chosen.value)) : undefined;
  }

  choose(value) {
    if (this.value === value) return;
    const input = this.fieldset.querySelector(`input[value="${value}"]`);
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(value, words) {
    if (value === undefined) return fill(words.open, { axis: this.name });
    if (value === null) return fill(words.unknown, { axis: this.name });
    if (value === 0) return fill(words.between, { axis: this.name });
    return fill(words.toward, { axis: this.name, pole: inside(value < 0 ? this.low : this.high), n: signed(Math.abs(value)) });
  }
}

class Plane {
  constructor(box) {
    this.box = box;
    this.words = wordsOf(box);
    [this.x, this.y] = [...box.querySelectorAll("[data-cell]")].map((each) => new Scale(each));
    this.build();
    this.way = box.querySelector(".axes-way");
    this.button = make("button", "tool");
    this.button.type = "button";
    this.button.append(make("span", ""));
    this.button.addEventListener("click", () => this.show(!this.asPlane, true));
    this.way.replaceChildren(this.button);
    this.way.hidden = false;
    this.show(own.get(CHOICE) !== "list");
    this.draw();
  }

  build() {
    const { x, y, words } = this;
    this.group = make("div", "axes-places");
    this.group.setAttribute("role", "radiogroup");
    const ask = this.box.querySelector(".axes-ask")?.textContent;
    this.group.setAttribute("aria-label", [ask, `${x.name} × ${y.name}`].filter(Boolean).join(" "));
    this.dot = make("span", "axes-dot");
    this.places = [...VALUES].reverse().flatMap((up) => VALUES.map((right) => this.place(right, up)));
    this.group.append(this.dot, ...this.places);
    this.group.addEventListener("keydown", (event) => this.moved(event));
    const poles = [["top", `↑ ${y.high}`], ["bottom", `↓ ${y.low}`], ["left", `← ${x.low}`], ["right", `${x.high} →`]];
    const [top, bottom, left, right] = poles.map(([side, text]) => make("b", `axes-pole axes-${side}`, text));
    this.said = make("p", "axes-said");
    const plane = this.box.querySelector(".axes-plane");
    plane.replaceChildren(make("p", "axes-hint soft", words.tap), top, this.group, bottom, left, right, this.said);
    // Said in every place already.
    for (const pole of [top, bottom, left, right]) pole.setAttribute("aria-hidden", "true");
    this.plane = plane;
  }

  place(right, up) {
    const place = make("button", "axes-place");
    place.type = "button";
    place.setAttribute("role", "radio");
    place.setAttribute("aria-label", `${this.x.say(right, this.words)}; ${this.y.say(up, this.words)}`);
    place.addEventListener("click", () => this.choose(right, up));
    return Object.assign(place, { right, up });
  }

  choose(right, up) {
    // One after the other: each answer draws the form anew, and with it the radio buttons of the other.
    this.x.choose(right);
    this.y.choose(up);
    this.at(right, up).focus({ preventScroll: true });
  }

  at(right, up) {
    return this.places.find((place) => place.right === right && place.up === up);
  }

  moved(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [right, up] = [event.target.right + step[0], event.target.up + step[1]];
    if (VALUES.includes(right) && VALUES.includes(up)) this.choose(right, up);
  }

  /* As a plane, or as two scales; the person's own choice, for every plane of this phone. */
  show(asPlane, byHand = false) {
    this.asPlane = asPlane;
    this.box.classList.toggle("is-plane", asPlane);
    this.plane.hidden = !asPlane;
    write(this.button.firstChild, asPlane ? this.words.list : this.words.plane);
    if (!byHand) return;
    own.set(CHOICE, asPlane ? "plane" : "list");
    this.box.dispatchEvent(new CustomEvent("axes:view", { bubbles: true, detail: asPlane }));
  }

  /* What the scales say now. Where one of them has a value only, its line of places is marked. */
  draw() {
    const [right, up] = [this.x.value, this.y.value];
    const [knowsX, knowsY] = [right, up].map((value) => typeof value === "number");
    const stop = this.at(knowsX ? right : 0, knowsY ? up : 0);
    for (const place of this.places) {
      const chosen = knowsX && knowsY && place === stop;
      place.setAttribute("aria-checked", String(chosen));
      place.tabIndex = place === stop ? 0 : -1;
      const along = (knowsX && !knowsY && place.right === right) || (knowsY && !knowsX && place.up === up);
      place.classList.toggle("is-along", along);
    }
    this.dot.hidden = !(knowsX && knowsY);
    if (!this.dot.hidden) {
      this.dot.style.setProperty("--right", right + 2);
      this.dot.style.setProperty("--down", 2 - up);
    }
    const none = right === undefined && up === undefined;
    write(this.said, none ? "" : `${this.words.here}: ${this.x.say(right, this.words)}; ${this.y.say(up, this.words)}`);
  }
}

/* Draw a plane in each place of the form that asks two axes, and keep it as the answers are. */
export function offer(ballot) {
  let planes = [];
  const find = () => {
    planes = [...ballot.form.querySelectorAll("[data-axes]")].map((box) => new Plane(box));
  };
  find();
  ballot.addEventListener("drawn", () => planes.forEach((plane) => plane.draw()));
  ballot.addEventListener("renewed", find);
  ballot.form.addEventListener("axes:view", ({ detail }) => planes.forEach((plane) => plane.show(detail)));
}
