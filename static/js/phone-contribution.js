/* Short texts in the form of an open round: kept on this phone at every keystroke, sent when somebody says so or leaves
 * the field, and never gone before the server has them. A place holds one text of a person: what is sent again replaces
 * it, so everything unsure is simply sent again.
 *
 * <div data-contribution="ITEM/PART"> with a textarea, its [data-send], [data-count] and .status. An entry in
 * localStorage: v the text, s typing | kept | received | refused | failed, at (ms) when it was received.
 */

import { mark, own, roomWords as words, write } from "./phone-text.js";

const PATIENCE = 10000;
const PAUSES = [1000, 15000];
const FRESH = 20000; // a page may have been made before a text that was received just now
const NEAR = 20; // characters left

const join = (text) => text.split(/\s+/).filter(Boolean).join(" ");

class Texts {
  constructor(ballot, root, say) {
    this.form = ballot.form;
    this.address = root.dataset.contributions;
    this.participant = root.dataset.participant;
    this.prefix = `text:${root.dataset.room}:${this.participant}:${this.form.dataset.stage}/`;
    this.say = say;
    this.stored = {};
    this.pause = 0;
    this.offerAgain();
    this.form.addEventListener("input", ({ target }) => this.typed(target));
    this.form.addEventListener("change", ({ target }) => this.leave(target));
    this.form.addEventListener("click", ({ target }) => this.leave(target.closest("[data-send]")));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !placeOf(event.target)) return;
      event.preventDefault(); // it is one line
      this.leave(event.target);
    });
    this.begin();
  }

  places(form = this.form) {
    return [...form.querySelectorAll("[data-contribution]")];
  }

  entry(place) {
    return JSON.parse(own.get(this.prefix + place) || "null");
  }

  /* Kept, or (null) nothing kept any more: then the server's is the text. */
  write(place, entry) {
    if (entry) own.set(this.prefix + place, JSON.stringify(entry));
    else own.drop(this.prefix + place);
    this.draw();
  }

  /* What came too late is offered again once its round is open again. */
  offerAgain() {
    for (const { dataset } of this.places()) {
      const entry = this.entry(dataset.contribution);
      if (entry && entry.s !== "received" && entry.s !== "failed") entry.s = "kept";
      if (entry) own.set(this.prefix + dataset.contribution, JSON.stringify(entry));
    }
  }

  /* Fields that are new here. Somebody may have typed in one on a slow phone before this script was there, and be done
   * with it: then it goes. */
  begin() {
    for (const field of this.places()) {
      const place = field.dataset.contribution;
      if (place in this.stored) continue;
      const area = field.querySelector("textarea");
      const entry = this.entry(place);
      this.hear(place, area.defaultValue);
      if (entry || area.value === area.defaultValue) continue;
      this.keep(place, area.value, document.activeElement === area ? "typing" : "kept");
    }
    this.draw();
    this.post();
  }

  /* Take over what the server has, as a page carries it; what was typed here since stays. */
  know(form) {
    for (const field of this.places(form)) this.hear(field.dataset.contribution, field.querySelector("textarea").defaultValue);
    this.draw();
  }

  hear(place, text) {
    const entry = this.entry(place);
    this.stored[place] = text;
    if (entry?.s === "received" && (entry.v === text || Date.now() - entry.at > FRESH)) own.drop(this.prefix + place);
  }

  keep(place, text, state = "typing") {
    this.write(place, { v: text, s: state });
  }

  typed(area) {
    const place = placeOf(area);
    if (!place) return;
    const same = join(area.value) === this.stored[place];
    if (same) this.write(place, null);
    else this.keep(place, area.value);
  }

  /* Somebody is done with a field: what is in it goes. */
  leave(element) {
    const place = placeOf(element);
    if (!place) return;
    const area = element.closest("[data-contribution]").querySelector("textarea");
    const entry = this.entry(place);
    if (join(area.value) !== (entry?.s === "received" ? entry.v : this.stored[place])) this.keep(place, area.value, "kept");
    this.post();
  }

  /* Everything goes, finished or not: the round closes, or the page goes away. */
  finish() {
    for (const { dataset } of this.places()) {
      const entry = this.entry(dataset.contribution);
      if (entry?.s === "typing") this.keep(dataset.contribution, entry.v, "kept");
    }
    return this.post();
  }

  async post() {
    if (this.sending) return;
    clearTimeout(this.timer);
    this.sending = true;
    let wait = null;
    try {
      for (const { dataset } of this.places()) {
        const entry = this.entry(dataset.contribution);
        if (entry?.s === "kept") wait = (await this.deliver(dataset.contribution, entry)) ?? wait;
        if (wait !== null) break;
      }
    } finally {
      this.sending = false;
    }
    if (!this.form.isConnected) return;
    const left = this.places().some(({ dataset }) => this.entry(dataset.contribution)?.s === "kept");
    if (left) this.timer = setTimeout(() => this.post(), wait ?? 0);
  }

  /* One text. Gives null when it is settled, else how many ms to wait before the next try. */
  async deliver(place, { v }) {
    const [item, ...part] = place.split("/");
    const body = new URLSearchParams({
      csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value, stage: this.form.dataset.stage,
      item, part: part.join("/"), text: v,
    });
    try {
      const response = await fetch(this.address, {
        method: "POST", body, keepalive: true, signal: AbortSignal.timeout?.(PATIENCE),
        headers: { "X-Requested-With": "fetch", "X-Participant": this.participant },
      });
      if (response.status >= 500 || response.status === 429 || response.status === 408) return this.backOff();
      const told = await response.json();
      if (response.status === 403) {
        if (told.error === "somebody_else") location.reload();
        return this.backOff();
      }
      this.pause = 0;
      this.settle(place, v, response, told);
      return null;
    } catch {
      return this.backOff();
    }
  }

  settle(place, sent, response, told) {
    const now = this.entry(place);
    const changed = now && now.v !== sent; // meanwhile
    if (response.ok) {
      this.stored[place] = told.text;
      if (!changed) this.write(place, { v: told.text, s: "received", at: Date.now() });
    } else {
      if (!changed) this.write(place, { v: sent, s: response.status === 409 ? "refused" : "failed" });
      this.say(told.message);
    }
  }

  backOff() {
    this.pause = Math.min(this.pause * 2 || PAUSES[0], PAUSES[1]);
    return this.pause * (0.75 + Math.random() / 2);
  }

  draw() {
    for (const field of this.places()) {
      const place = field.dataset.contribution;
      const entry = this.entry(place);
      const area = field.querySelector("textarea");
      const text = entry ? entry.v : this.stored[place] ?? "";
      // What somebody is typing in is left alone.
      if (area.value !== text && document.activeElement !== area) area.value = text;
      const state = entry ? (entry.s === "typing" ? "kept" : entry.s) : text ? "received" : "none";
      const empty = state === "received" && !text;
      mark(field.querySelector(".status"), empty ? "none" : state, empty || state === "none" ? "" : words[state]);
      const left = Number(field.dataset.longest) - area.value.length;
      write(field.querySelector("[data-count]"), `${area.value.length}/${field.dataset.longest}`);
      field.classList.toggle("is-nearly-full", left <= NEAR);
      field.querySelector("[data-send]").setAttribute("aria-disabled", String(state !== "kept" && state !== "failed"));
    }
  }
}

const placeOf = (element) => element?.closest?.("[data-contribution]")?.dataset.contribution;

let texts = null;

/* Look after the texts of this form; `say` tells what went wrong. */
export function offer(ballot, root, say) {
  const unhide = () => {
    for (const foot of ballot.form.querySelectorAll(".contribution-foot")) foot.hidden = false;
  };
  texts = new Texts(ballot, root, say);
  ballot.addEventListener("known", ({ detail }) => texts.know(detail));
  ballot.addEventListener("renewed", () => {
    unhide();
    texts.begin();
  });
  unhide();
}

const here = () => (texts?.form.isConnected ? texts : null);
document.addEventListener("live:state", ({ detail }) => {
  if (detail.stage?.closing !== null && detail.stage?.closing !== undefined) here()?.finish();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && here()?.finish());
window.addEventListener("pagehide", () => here()?.finish());
window.addEventListener("online", () => here()?.post());
window.addEventListener("storage", ({ key, newValue }) => {
  if (!here() || !key?.startsWith(texts.prefix)) return;
  const entry = JSON.parse(newValue || "null");
  if (entry?.s === "received") texts.stored[key.slice(texts.prefix.length)] = entry.v;
  texts.draw();
});
