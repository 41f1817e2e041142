/* A list that facilitators work through together: what is new comes in by itself, and a button acts without leaving the
   page. Each page says how a fresh list takes the old one's place. Without this script the same forms work. */

const QUIET = 700; // changes are gathered for as long

export const inSight = (each) => each.getBoundingClientRect().bottom > 0;

/* Where `id` was in `order`, the nearest that is still there, first of those after it; nothing where none is. */
export function nearest(id, order, isThere) {
  const at = order.indexOf(id);
  return [...order.slice(at + 1), ...order.slice(0, at).reverse()].find(isThere);
}

/* `swap(html)` puts a fresh list in the place of the old one; `top` is what the sentence of the last button stands
   under; `sent(form, submitter)` is asked before a form goes, and gives what is done with the answer, or nothing where
   the form is not sent from here. */
export function keepFresh({ place, top, swap, sent }) {
  const status = document.querySelector("[data-said]");
  let pressed = false;
  let busy = false;
  let timer = 0;
  let asked = 0;

  for (const name of ["pointerdown", "keydown"]) place.addEventListener(name, () => { pressed = true; });
  for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) {
    window.addEventListener(name, () => setTimeout(() => { pressed = false; }, 50));
  }

  const sentence = () => place.querySelector("[data-sentence]");

  /* `isNewest`: whether nothing was asked since; an older list may arrive after a newer one. */
  async function load(options) {
    const turn = (asked += 1);
    const response = await fetch(location.href, { cache: "no-store", ...options, headers: { "X-Requested-With": "fetch" } });
    if (!response.ok || response.redirected) throw new Error(response.status);
    return { html: await response.text(), refused: response.headers.has("X-Refused"), isNewest: turn === asked };
  }

  function soon(wait = QUIET) {
    clearTimeout(timer);
    timer = setTimeout(refresh, wait);
  }

  async function refresh() {
    if (busy || pressed) return soon();
    try {
      const { html, isNewest } = await load();
      if (busy || pressed || !isNewest) return soon();
      const said = sentence();
      swap(html);
      if (said) place.querySelector(top).after(said);
    } catch {
      // Away for a moment: the next change, or the next look, tries again.
    }
  }

  async function send(form, submitter, done) {
    busy = true;
    try {
      const answer = await load({ method: "POST", body: new FormData(form, submitter) });
      done(answer);
      status.textContent = sentence()?.textContent ?? "";
    } catch {
      status.textContent = place.dataset.away;
      submitter?.form?.after(status);
      status.classList.remove("visually-hidden");
    } finally {
      busy = false;
    }
  }

  place.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target.hasAttribute("data-leave")) return;
    event.preventDefault();
    const done = busy ? null : sent(target, submitter);
    if (done) send(target, submitter, done);
  });
  document.addEventListener("live:state", () => soon());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
  window.addEventListener("pageshow", (event) => event.persisted && soon(0));
}
