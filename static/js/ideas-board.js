/* The facilitator's board of ideas. A card in which somebody is typing stays as it is, whatever a colleague does meanwhile
   (it says so); so do ticks and what was unfolded.

   A card has a data-key, which card it is, and a data-version, how it stood. */

import { inSight, keepFresh, nearest } from "./fresh-list.js";

const place = document.querySelector("[data-board]");

const cards = (root = place) => [...root.querySelectorAll("[data-key]")];
const isTyped = (field) => field.type !== "hidden" && field.type !== "checkbox" && (field.matches("select")
  ? [...field.options].some((each) => each.selected !== each.defaultSelected && (each.selected || field.selectedIndex > 0))
  : field.value !== field.defaultValue);

/* Somebody is at work in it: words that were changed, or the caret. */
const isBusy = (card) => [...card.querySelectorAll("input, textarea, select")].some(
  (field) => (field === document.activeElement && !field.matches("[type=checkbox]")) || isTyped(field),
);

/* Where the focus goes when what it was at has left the page: the next card that is still there. */
function after(key, order) {
  const next = nearest(key, order, (each) => each !== "merge" && place.querySelector(`[data-key="${each}"]`));
  return place.querySelector(`[data-key="${next}"] :is(button, summary, input:not([type=hidden]))`) ?? place.querySelector("h2");
}

/* The fresh board in the place of the old one; `acted`: the key of the card whose button was pressed, which is done. */
function swap(html, acted = null) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const focusedKey = focused?.closest("[data-key]")?.dataset.key;
  const caret = focused?.matches("input, textarea") && focused.type !== "checkbox" ? [focused.selectionStart, focused.selectionEnd] : null;
  const order = cards().map((each) => each.dataset.key);
  const opened = [...place.querySelectorAll("details[open][id]")].filter((each) => !acted || each.closest("[data-key]")?.dataset.key !== acted);
  const openedIds = opened.map((each) => each.id);
  const ticked = [...place.querySelectorAll("[data-tick]:checked")].map((each) => each.value);
  const anchor = cards().find((each) => each.dataset.key !== "merge" && inSight(each));
  const before = anchor?.getBoundingClientRect().top;
  const old = new Map(cards().map((each) => [each.dataset.key, each]));
  const fresh = document.importNode(new DOMParser().parseFromString(html, "text/html").body, true);
  for (const card of cards(fresh)) {
    const own = old.get(card.dataset.key);
    if (!own || card.dataset.key === acted || !isBusy(own)) continue;
    if (own.dataset.key === "merge") renewOptions(own, card);
    else if (own.dataset.version !== card.dataset.version) {
      const note = own.querySelector("[data-stale-note]");
      note.textContent = place.dataset.stale;
      note.hidden = false;
    }
    card.replaceWith(own);
  }
  place.replaceChildren(...fresh.childNodes);
  for (const id of openedIds) document.getElementById(id)?.setAttribute("open", "");
  for (const tick of place.querySelectorAll("[data-tick]")) tick.checked = ticked.includes(tick.value);
  count();
  const kept = anchor && place.querySelector(`[data-key="${anchor.dataset.key}"]`);
  if (kept) window.scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
  if (!focused) return;
  const again = focused.isConnected ? focused : focused.id && document.getElementById(focused.id);
  (again || after(focusedKey, order))?.focus({ preventScroll: true });
  if (again && caret) again.setSelectionRange(...caret);
}

/* The options to merge into, in a form that somebody is filling in. */
function renewOptions(own, fresh) {
  const [select, theirs] = [own, fresh].map((each) => each.querySelector("[data-into]"));
  const id = select.value.split(":")[0];
  select.replaceChildren(...theirs.childNodes);
  for (const option of select.options) if (option.value.split(":")[0] === id) option.selected = true;
}

/* How many are ticked; the fields of a new option begin with the words of the first. */
function count() {
  const line = place.querySelector("[data-ticked]");
  if (!line) return;
  const ticked = [...place.querySelectorAll("[data-tick]:checked")];
  line.textContent = ticked.length ? line.dataset.some.replace("{n}", ticked.length) : line.dataset.none;
  line.closest("form").classList.toggle("is-ticked", ticked.length > 0);
}

keepFresh({
  place,
  top: ".board-top",
  swap,
  sent(form, submitter) {
    if (submitter?.getAttribute("aria-disabled") === "true") return null;
    const key = form.closest("[data-key]")?.dataset.key;
    return ({ html, refused }) => {
      if (key === "merge" && !refused) for (const tick of place.querySelectorAll("[data-tick]")) tick.checked = false;
      swap(html, refused ? null : key);
      const sentence = place.querySelector("[data-sentence]");
      if (sentence && !inSight(sentence)) sentence.classList.add("is-over");
    };
  },
});

place.addEventListener("change", ({ target }) => target.matches("[data-tick]") && count());
place.addEventListener("toggle", ({ target }) => {
  if (target.id !== "merge-details" || !target.open) return;
  const first = place.querySelector("[data-tick]:checked")?.closest("[data-key]");
  const fields = [...target.querySelectorAll("input[name], textarea")];
  if (!first || fields.some((each) => each.value)) return;
  const words = first.querySelector("[id^=edit-] form");
  for (const field of fields) field.value = words.elements[field.name].defaultValue;
}, true);

count();
