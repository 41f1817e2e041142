/* The facilitator's list of short texts: what is new comes in by itself, and a button acts without leaving the page.
   What one looks at stays where it is, and the focus goes on to the next text. Without this script the same forms work. */

const place = document.querySelector("[data-moderation]");
const status = document.querySelector("[data-said]");
const QUIET = 700; // changes are gathered for as long

let pressed = false;
for (const name of ["pointerdown", "keydown"]) place.addEventListener(name, () => { pressed = true; });
for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) {
  window.addEventListener(name, () => setTimeout(() => { pressed = false; }, 50));
}

const texts = () => [...place.querySelectorAll("li[id]")];
const inSight = (each) => each.getBoundingClientRect().bottom > 0;

/* Where the focus goes when the text it was at has left the list: the next one that is still there. */
function after(id, order) {
  const at = order.indexOf(id);
  const next = [...order.slice(at + 1), ...order.slice(0, at).reverse()].find((each) => document.getElementById(each));
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

async function list(options) {
  const response = await fetch(location.href, { cache: "no-store", ...options, headers: { "X-Requested-With": "fetch" } });
  if (!response.ok || response.redirected) throw new Error(response.status);
  return response.text();
}

let timer = 0;
let busy = false;
function soon(wait = QUIET) {
  clearTimeout(timer);
  timer = setTimeout(refresh, wait);
}

async function refresh() {
  if (busy || pressed) return soon();
  try {
    const html = await list();
    if (busy || pressed) return soon();
    const sentence = place.querySelector("[data-sentence]");
    swap(html);
    if (sentence) place.querySelector("nav").after(sentence);
  } catch {
    // Away for a moment: the next change, or the next look, tries again.
  }
}

place.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  const body = new FormData(event.target, event.submitter);
  // What was asked about all of them is another question once one of them is gone.
  place.querySelector("details[open]")?.removeAttribute("open");
  try {
    swap(await list({ method: "POST", body }));
    status.textContent = place.querySelector("[data-sentence]")?.textContent ?? "";
  } catch {
    status.textContent = place.dataset.away;
    event.submitter?.form?.after(status);
    status.classList.remove("visually-hidden");
  } finally {
    busy = false;
  }
});

document.addEventListener("live:state", () => soon());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
window.addEventListener("pageshow", (event) => event.persisted && soon(0));
