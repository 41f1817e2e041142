/* One event stream per browser, shared between its tabs; polling where it falls silent.
 *
 * <main data-live="/live/…/events" data-poll="/…/main/">: a `fragment` replaces the element's content, a `state`
 * is announced as the event "live:state" on document, and "live:connection" says whether this page is live.
 */

const SILENCE = 40000; // the server's heart beats every 15 s
const POLL = 5000;

const target = document.querySelector("[data-live]");

if (target) {
  const stream = target.dataset.live;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`live:${stream}`) : null;
  let heard = Date.now();
  let live = null;
  let polling = 0;
  let last = "";

  const connection = (now) => {
    if (now !== live) {
      live = now;
      document.dispatchEvent(new CustomEvent("live:connection", { detail: { live } }));
    }
  };

  const announce = (text) => {
    if (text && text !== last) {
      last = text;
      document.dispatchEvent(new CustomEvent("live:state", { detail: JSON.parse(text) }));
    }
  };

  const swap = (html) => {
    const focused = target.contains(document.activeElement) ? document.activeElement.id : "";
    const opened = [...target.querySelectorAll("details[open][id]")].map((each) => each.id);
    target.innerHTML = html;
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("live:fragment", { detail: { target } }));
  };

  // A swap between press and release would lose the click: it waits until the finger is up.
  let pressed = false;
  let waiting = null;
  const swapWhenFree = (html) => {
    if (pressed) waiting = html;
    else swap(html);
  };
  const release = () =>
    setTimeout(() => {
      pressed = false;
      if (waiting !== null) swap(waiting);
      waiting = null;
    }, 50);
  for (const name of ["pointerdown", "keydown"]) target.addEventListener(name, () => { pressed = true; });
  for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) window.addEventListener(name, release);

  const hear = ({ name, text }) => {
    heard = Date.now();
    connection(true);
    if (name === "fragment") swapWhenFree(text);
    if (name === "state") announce(text);
  };

  const open = () =>
    new Promise((closed) => {
      const source = new EventSource(stream);
      for (const name of ["state", "fragment", "heartbeat"]) {
        source.addEventListener(name, (event) => {
          const message = { name, text: event.data };
          hear(message);
          channel?.postMessage(message);
        });
      }
      source.addEventListener("error", () => {
        connection(false);
        // A refusal ends the source for good; a lost connection it mends itself.
        if (source.readyState === EventSource.CLOSED) setTimeout(() => closed(), POLL);
      });
      window.addEventListener("pagehide", () => {
        source.close();
        closed();
      }, { once: true });
    });

  const lead = async () => {
    for (;;) {
      await open();
      if (document.visibilityState === "hidden" && !channel) return;
      await new Promise((again) => window.setTimeout(again, 1000));
    }
  };

  const poll = async () => {
    if (Date.now() - heard < SILENCE && live !== false) return;
    if (polling || !target.dataset.poll || !navigator.onLine) return;
    polling = 1;
    try {
      const response = await fetch(target.dataset.poll, { headers: { "X-Poll": "1" }, cache: "no-store" });
      if (response.ok) {
        const html = await response.text();
        if (target.dataset.swap !== "off") swapWhenFree(html);
        announce(response.headers.get("X-State"));
      }
    } catch {
      // Still away; the next turn tries again.
    } finally {
      polling = 0;
    }
  };

  channel?.addEventListener("message", (event) => hear(event.data));
  if (channel && navigator.locks) navigator.locks.request(`live:${stream}`, lead);
  else lead();
  window.setInterval(() => {
    if (Date.now() - heard > SILENCE) connection(false);
    poll();
  }, POLL);
}
