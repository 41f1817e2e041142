/* The facilitator's list of short texts: what one looks at stays where it is, and the focus goes on to the next text. */

import { inSight, keepFresh, nearest } from "./fresh-list.js";

const place = document.querySelector("[data-moderation]");
const texts = () => [...place.querySelectorAll("li[id]")];

/* Where the focus goes when the text it was at has left the list: the next one that is still there. */
function after(id, order) {
  const next = nearest(id, order, (each) => document.getElementById(each));
  return next ? document.getElementById(next).querySelector("button") : place.querySelector("[aria-current]");
}

function swap(html) {
  const order = texts().map((each) => each.id);
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const at = focused?.closest("li")?.id;
  const focusedId = focused?.id;
  const open = place.querySelector("details[open]");
  const anchor = texts().find(inSight);
  const before = anchor?.getBoundingClientRect().top;
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  // Who is about to let all of these through, lets through these and no others.
  const newOpen = open && fresh.querySelector(`#${open.id}`);
  place.replaceChildren(...[...fresh.childNodes].map((node) => (node === newOpen ? open : document.importNode(node, true))));
  const kept = anchor && document.getElementById(anchor.id);
  if (kept) window.scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
  if (focused) (document.getElementById(focusedId) ?? after(at, order))?.focus({ preventScroll: true });
}

keepFresh({
  place,
  top: "nav",
  swap,
  sent() {
    // What was asked about all of them is another question once one of them is gone.
    place.querySelector("details[open]")?.removeAttribute("open");
    return ({ html }) => swap(html);
  },
});
