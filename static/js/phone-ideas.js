/* Ideas on a phone: what is being written is kept at every keystroke, what is sent is kept until the server has it, and
 * "dit lijkt al te bestaan" is said while one types. The same words twice are one idea on the server, so everything
 * unsure is simply sent again.
 *
 * In localStorage, under text:ROOM:PARTICIPANT:STAGE/idea/…: "draft" {v: words, s: typing}, and by number
 * {v: words, s: kept | refused, m: why}; the numbers under …:STAGE.ideas. Those names are what phone-forget.js empties.
 */

import { fill, own, wordsOf, write } from "./phone-text.js";

const PATIENCE = 10000;
const PAUSES = [1000, 15000];
const REST = 500; // ms without a keystroke before the server is asked what is alike
const NAMES = ["title", "instead", "why"];

const make = (name, className, text = "") => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

class Ideas {
  constructor(ballot, root, say) {
    this.form = ballot.form;
    this.root = root;
    this.say = say;
    this.prefix = `text:${root.dataset.room}:${root.dataset.participant}:${this.form.dataset.stage}/idea/`;
    this.listed = `text:${root.dataset.room}:${root.dataset.participant}:${this.form.dataset.stage}.ideas`;
    this.fields = this.form.querySelector("[data-idea-fields]");
    this.list = this.form.querySelector("[data-own-ideas]");
    this.words = wordsOf(this.list);
    this.said = this.form.querySelector("[data-idea-said]");
    this.alike = this.form.querySelector("[data-similar-list]");
    this.pause = 0;
    this.waiting = make("ul", "idea-list idea-unsent");
    this.list.before(this.waiting);
    this.offerAgain();
    this.restore();
    this.form.addEventListener("input", ({ target }) => this.typed(target));
    this.form.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("keydown", (event) => this.entered(event));
    ballot.addEventListener("known", ({ detail }) => detail !== this.form && this.know(detail));
    this.draw();
    this.post();
  }

  get here() {
    return this.form.isConnected;
  }

  read(name) {
    return JSON.parse(own.get(this.prefix + name) || "null");
  }

  keep(name, entry) {
    if (entry) own.set(this.prefix + name, JSON.stringify(entry));
    else own.drop(this.prefix + name);
  }

  /* The numbers of what is kept, in the order in which it was written. */
  numbers() {
    return JSON.parse(own.get(this.listed) || "[]");
  }

  number(numbers) {
    if (numbers.length) own.set(this.listed, JSON.stringify(numbers));
    else own.drop(this.listed);
  }

  drop(number) {
    this.keep(number, null);
    this.number(this.numbers().filter((each) => each !== number));
    this.draw();
  }

  field(name) {
    return this.fields.querySelector(`[name=${name}]`);
  }

  typedWords() {
    return Object.fromEntries(NAMES.map((name) => [name, this.field(name).value]));
  }

  fillIn(words) {
    for (const name of NAMES) this.field(name).value = words[name] ?? "";
  }

  /* What was being written when this page went away. */
  restore() {
    const draft = this.read("draft");
    const typed = NAMES.some((name) => this.field(name).value);
    if (draft && !typed) this.fillIn(draft.v);
    else if (typed) this.keep("draft", { v: this.typedWords(), s: "typing" });
  }

  /* What came too late is offered again once the round takes ideas again. */
  offerAgain() {
    for (const number of this.numbers()) {
      const entry = this.read(number);
      if (entry?.late) this.keep(number, { v: entry.v, s: "kept" });
    }
  }

  typed(target) {
    if (!this.fields.contains(target)) return;
    const words = this.typedWords();
    this.keep("draft", NAMES.some((name) => words[name]) ? { v: words, s: "typing" } : null);
    write(this.said, "");
    if (target.name !== "title") return;
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(), REST);
  }

  entered(event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    if (event.target.name === "title") this.field("instead").focus();
    else if (event.target.name === "instead") this.propose();
    else event.target.closest("details")?.querySelector("[name=change]")?.click();
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button || button.type !== "submit" || !this.form.contains(button)) return;
    if (button.name === "propose") this.propose();
    else if (["change", "take_back"].includes(button.name)) this.alter(button);
    else return;
    event.preventDefault();
  }

  propose() {
    const words = this.typedWords();
    const missing = ["title", "instead"].find((name) => !words[name].trim());
    if (missing) {
      write(this.said, this.words[missing]);
      this.field(missing).focus();
      return;
    }
    const number = `${Date.now()}`;
    this.keep(number, { v: words, s: "kept" });
    this.number([...this.numbers(), number]);
    this.keep("draft", null);
    this.fillIn({});
    this.alike.replaceChildren();
    write(this.said, "");
    this.field("title").focus({ preventScroll: true });
    this.draw();
    this.post();
  }

  async send(fields) {
    const body = new URLSearchParams({
      csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value, stage: this.form.dataset.stage, ...fields,
    });
    const response = await fetch(this.form.dataset.ideas, {
      method: "POST", body, keepalive: true, signal: AbortSignal.timeout?.(PATIENCE),
      headers: { "X-Requested-With": "fetch", "X-Participant": this.root.dataset.participant },
    });
    if (response.status >= 500 || response.status === 429 || response.status === 408) throw new Error(response.status);
    const told = await response.json();
    if (response.status === 403) {
      if (told.error === "somebody_else") location.reload();
      throw new Error(response.status);
    }
    return { ok: response.ok, late: response.status === 409, ...told };
  }

  /* Everything that is kept, one after the other. */
  async post() {
    if (this.sending) return;
    clearTimeout(this.timer);
    this.sending = true;
    let wait = null;
    try {
      for (const number of this.numbers()) {
        const entry = this.read(number);
        if (entry?.s !== "kept") continue;
        try {
          this.settle(number, entry, await this.send({ propose: 1, ...entry.v }));
          this.pause = 0;
        } catch {
          this.pause = Math.min(this.pause * 2 || PAUSES[0], PAUSES[1]);
          wait = this.pause * (0.75 + Math.random() / 2);
          break;
        }
      }
    } finally {
      this.sending = false;
    }
    if (wait !== null && this.here) this.timer = setTimeout(() => this.post(), wait);
  }

  settle(number, entry, told) {
    if (told.ok) {
      this.drop(number);
      this.show(told.own);
      write(this.said, this.words.sent);
      return;
    }
    this.keep(number, { ...entry, s: "refused", m: told.message, late: told.late });
    this.draw();
    if (!this.here || told.late) this.say(`${fill(this.words.late, { title: entry.v.title })} ${told.message}`);
  }

  /* Change or take back one that the server has: only with a connection, for the facilitator may read it now. */
  async alter(button) {
    const id = button.value;
    const fields = Object.fromEntries(NAMES.map((name) => [`${name}-${id}`, this.form.elements[`${name}-${id}`].value]));
    try {
      const told = await this.send({ [button.name]: id, ...fields });
      if (!told.ok) return this.say(told.message);
      this.show(told.own);
      this.list.querySelector(`#own-${id} summary`)?.focus({ preventScroll: true });
    } catch {
      this.say(this.words.offline);
    }
  }

  show(html) {
    this.list.innerHTML = html;
  }

  /* The list as a newer page has it, unless somebody is changing an idea in it. */
  know(form) {
    const fresh = form.querySelector("[data-own-ideas]");
    if (!fresh || !this.here || this.list.querySelector("details[open]")) return;
    const states = (list) => [...list.querySelectorAll("[data-state]")].map((each) => each.id + each.dataset.state).join();
    const moved = states(fresh) !== states(this.list) && this.list.querySelector("[data-state]");
    if (fresh.innerHTML !== this.list.innerHTML) this.show(fresh.innerHTML);
    if (moved) this.say(this.words.moved);
  }

  /* What the server does not have (yet), with what can be done about it. */
  draw() {
    const rows = this.numbers().map((number) => [number, this.read(number)]).filter(([, entry]) => entry);
    this.waiting.replaceChildren(...rows.map(([number, { v, s, m }]) => {
      const row = make("li");
      const state = make("p", "status status-inline");
      state.dataset.status = s;
      state.append(make("b", "", s === "kept" ? this.words.kept : m || this.words.refused));
      row.append(make("p", "idea-title", v.title), make("p", "idea-price", v.instead), state);
      if (s === "refused") row.append(this.choices(number, v));
      return row;
    }));
    this.waiting.hidden = !rows.length;
  }

  choices(number, words) {
    const line = make("p", "button-row");
    const [again, away] = [this.words.again, this.words.away].map((text) => {
      const button = make("button", "button button-secondary", text);
      button.type = "button";
      return button;
    });
    again.addEventListener("click", () => {
      this.fillIn(words);
      this.keep("draft", { v: words, s: "typing" });
      this.drop(number);
      this.field("title").focus();
    });
    away.addEventListener("click", () => this.drop(number));
    line.append(again, away);
    return line;
  }

  /* What says about the same; only a hint, so without a connection there is none. */
  async ask() {
    const title = this.field("title").value.trim();
    const asked = (this.asked = {});
    if (title.length < 4) return this.alike.replaceChildren();
    try {
      const body = new URLSearchParams({
        csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value, stage: this.form.dataset.stage, title,
      });
      const response = await fetch(this.form.dataset.similar, { method: "POST", body, signal: AbortSignal.timeout?.(PATIENCE) });
      if (!response.ok || asked !== this.asked) return;
      this.hint((await response.json()).similar);
    } catch {
      // The next keystroke asks again.
    }
  }

  hint(found) {
    const said = found.map(({ title, of }) => {
      const line = make("li", "", `‘${title}’ `);
      line.append(make("span", "soft", `(${this.words[of]})`));
      return line;
    });
    const list = make("ul");
    list.append(...said);
    const lines = said.length ? [make("p", "", this.words.similar), list] : [];
    if (this.alike.textContent !== lines.map((each) => each.textContent).join("")) this.alike.replaceChildren(...lines);
  }
}

let ideas = null;

export function offer(ballot, root, say) {
  ideas = new Ideas(ballot, root, say);
}

window.addEventListener("online", () => ideas?.here && ideas.post());
document.addEventListener("visibilitychange", () => ideas?.here && ideas.post());
window.addEventListener("storage", ({ key }) => ideas?.here && key?.startsWith(ideas.prefix) && ideas.draw());
