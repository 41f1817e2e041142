/* A round's items as the facilitator changed them, put into a form that somebody is filling in: texts are replaced
 * where they stand, what is new comes in its place, what is gone goes. Inputs are never touched. A card of dots has an
 * item a row ([data-option]); those come and go in the same way. */

import { fill, write } from "./phone-text.js";

const OWN = "input, textarea, select, .status, [data-count], [data-signal], [data-read], [data-drawn], [data-options]";
// "Trend 3 van 22", "Bewaar en ga verder": another place among the others is no other text.
const PLACE = ".ask-place, [data-plain]";
const ROWS = "[data-option]";
const NAMES = ["id", "aria-label", "aria-labelledby", "aria-describedby", "data-name"];

/* Which card of the form it is: an item has one in each part, and another place among the others is no other card. */
export const cardOf = ({ dataset }) => `${dataset.item}/${dataset.part ?? ""}`;

/* Gives {mended, added: [section], gone: [section]}. */
export function renew(form, fresh) {
  const here = new Map(itemsOf(form).map((section) => [cardOf(section), section]));
  const change = { mended: false, added: [], gone: [] };
  let before = null;
  for (const section of itemsOf(fresh)) {
    let own = here.get(cardOf(section));
    here.delete(cardOf(section));
    if (own) {
      if (renewTexts(own, section)) change.mended = true;
      if (section.querySelector(ROWS)) renewRows(own.querySelector("[data-options]"), section, change);
    } else {
      own = document.importNode(section, true);
      if (before) before.after(own);
      else (itemsOf(form)[0] ?? form.querySelector("[data-overview]")).before(own);
      change.added.push(own);
    }
    before = own;
  }
  const [intro, freshIntro] = [form, fresh].map((each) => each.querySelector(".vote-intro > p"));
  write(intro, freshIntro.textContent);
  change.gone.push(...here.values());
  for (const section of here.values()) section.remove();
  form.dataset.items = fresh.dataset.items;
  return change;
}

/* The same in sentences: a part that came or went as a whole is named, not each of its cards. */
export function news({ mended, added, gone }, form, words) {
  const left = itemsOf(form).filter((section) => !added.includes(section)).map(({ dataset }) => dataset.part);
  const whole = (section) => section.dataset.partName && !left.includes(section.dataset.part);
  const say = (text, sections, name) => {
    const titles = [...new Set(sections.map(name))];
    return titles.length ? fill(text, { title: titles.join(", ") }) : "";
  };
  const title = (section) => section.querySelector("h2, h3").textContent;
  const part = (section) => section.dataset.partName;
  const other = (section) => !whole(section);
  return [
    mended ? words.mended : "",
    say(words.addedPart, added.filter(whole), part),
    say(words.added, added.filter(other), title),
    say(words.vanishedPart, gone.filter(whole), part),
    say(words.vanished, gone.filter(other), title),
  ].filter(Boolean).join(" ");
}

/* Do this work on the form while what the thumb is about to touch stays where it is on the screen, however much longer
 * or shorter a text above it becomes. (Not every browser sees to that by itself; the style sheet keeps those that do
 * from doing it twice.) */
export function steady(form, work) {
  const inSight = (each) => each.getClientRects().length && each.getBoundingClientRect().top >= 0;
  const focused = document.activeElement;
  const held = form.contains(focused) && inSight(focused) ? focused : [...form.querySelectorAll("label, .overview-row")].find(inSight);
  const before = held?.getBoundingClientRect().top;
  work();
  if (held?.isConnected) {
    const moved = held.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }
}

/* The rows of a card of dots: what is new is an item that came, not a card. */
function renewRows(list, fresh, change) {
  const here = new Map([...list.querySelectorAll(ROWS)].map((row) => [row.dataset.option, row]));
  let before = null;
  for (const row of fresh.querySelectorAll(ROWS)) {
    const own = here.get(row.dataset.option) ?? document.importNode(row, true);
    if (!here.delete(row.dataset.option)) change.added.push(own);
    else if (renewTexts(own, row)) change.mended = true;
    if (own.previousElementSibling !== before || !own.isConnected) before ? before.after(own) : list.prepend(own);
    before = own;
  }
  change.gone.push(...here.values());
  for (const row of here.values()) row.remove();
}

const itemsOf = (form) => [...form.querySelectorAll("[data-item]")];

function renewTexts(old, fresh) {
  let changed = false;
  for (const name of NAMES) {
    const value = fresh.getAttribute(name);
    if (value !== null && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.matches(OWN)) return false;
  const [ours, theirs] = [[...old.childNodes], [...fresh.childNodes]];
  const alike = ours.length === theirs.length && ours.every((node, at) => node.nodeName === theirs[at].nodeName);
  if (!alike) {
    if (old.querySelector("input, textarea, select")) return false;
    old.replaceChildren(...theirs.map((node) => document.importNode(node, true)));
    return true;
  }
  ours.forEach((node, at) => {
    if (node.nodeType === Node.ELEMENT_NODE) changed = (renewTexts(node, theirs[at]) && !node.matches(PLACE)) || changed;
    else if (node.nodeValue !== theirs[at].nodeValue) {
      node.nodeValue = theirs[at].nodeValue;
      changed = true;
    }
  });
  return changed;
}
