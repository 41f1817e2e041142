/* One event stream per browser, shared between its tabs; polling where it falls silent.
 *
 * <main data-live="/live/…/events" data-poll="/…/main/">: a `fragment` replaces the element's content, a `state`
 * is announced as the event "live:state" on document. "live:connection" gives {live, reached, since}: whether the
 * stream is heard, whether the server answers at all, and when the stream was last heard (ms).
 *
 * One tab leads: it holds the stream and passes on what it hears. The others ask it for the newest as they come or
 * wake; where it doesn't answer (frozen by the browser) a tab that is looked at takes over.
 */

const SILENCE = 40000; // the server's heart beats every 15 s
const SLEPT = 20000; // a stream that missed a heartbeat while the phone slept is opened anew
const POLL = 5000;
const QUIET = 8000; // a follower that heard nothing for so long asks whether its leader is there
const ANSWER = 1500; // a leader that lives answers within this

const target = document.querySelector("[data-live]");

if (target) {
  const stream = target.dataset.live;
  const locks = "BroadcastChannel" in window && navigator.locks;
  const channel = locks ? new BroadcastChannel(`live:${stream}`) : null;
  const newest = new Map(); // event name → its text
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  let heard = Date.now();
  let answered = Date.now();
  let leading = null;
  let reopen = () => {};
  let live = null;
  let reached = null;
  let polling = false;
  let last = "";

  const connection = (nowLive, nowReached = nowLive) => {
    if (nowLive === live && nowReached === reached) return;
    live = nowLive;
    reached = nowReached;
    document.dispatchEvent(new CustomEvent("live:connection", { detail: { live, reached, since: heard } }));
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

  const hear = ({ name, text, again }) => {
    heard = Date.now();
    connection(true);
    const known = newest.get(name) === text;
    newest.set(name, text);
    if (name === "fragment" && !(again && known)) swapWhenFree(text);
    if (name === "state") announce(text);
  };

  const open = () =>
    new Promise((closed) => {
      const source = new EventSource(stream);
      const end = () => {
        source.close();
        window.removeEventListener("pagehide", end);
        closed();
      };
      reopen = end;
      for (const name of ["state", "fragment", "heartbeat"]) {
        source.addEventListener(name, (event) => {
          const message = { name, text: event.data };
          hear(message);
          channel?.postMessage(message);
        });
      }
      source.addEventListener("error", () => {
        connection(false, reached ?? true);
        channel?.postMessage({ name: "lost" });
        // A refusal ends the source for good; a lost connection it mends itself.
        if (source.readyState === EventSource.CLOSED) setTimeout(end, POLL);
      });
      window.addEventListener("pagehide", end, { once: true });
    });

  const lead = async (turn) => {
    leading = turn;
    while (leading === turn) {
      await open();
      await pause(500);
    }
  };

  // A turn ends with the tab, or when another takes over from a tab that was frozen.
  const queueUp = (steal = false) => {
    const turn = {};
    const options = steal ? { steal } : {};
    locks.request(`live:${stream}`, options, () => lead(turn)).catch(() => {
      if (leading === turn) leading = null;
      reopen();
      queueUp();
    });
  };

  const probe = () => {
    if (!channel || leading) return;
    const asked = Date.now();
    channel.postMessage({ name: "ask" });
    setTimeout(() => {
      if (!leading && answered < asked && document.visibilityState === "visible") queueUp(true);
    }, ANSWER);
  };

  const resend = () => {
    channel.postMessage({ name: "here" });
    if (live) for (const [name, text] of newest) channel.postMessage({ name, text, again: true });
  };

  const poll = async (atOnce = false) => {
    if (!atOnce && Date.now() - heard < SILENCE && live !== false) return;
    if (polling || !target.dataset.poll || !navigator.onLine) return;
    polling = true;
    try {
      const response = await fetch(target.dataset.poll, { headers: { "X-Poll": "1" }, cache: "no-store" });
      connection(live, true);
      if (response.ok) {
        const html = await response.text();
        if (target.dataset.swap !== "off") swapWhenFree(html);
        const participant = response.headers.get("X-Participant");
        document.dispatchEvent(new CustomEvent("live:polled", { detail: { participant } }));
        announce(response.headers.get("X-State"));
      }
    } catch {
      if (!live) connection(false, false); // still away; the next turn tries again
    } finally {
      polling = false;
    }
  };

  const wake = () => {
    if (document.visibilityState === "hidden") return;
    if (leading && Date.now() - heard > SLEPT) reopen();
    probe();
    poll(true);
  };

  channel?.addEventListener("message", ({ data }) => {
    if (data.name === "ask") {
      if (leading) resend();
      return;
    }
    answered = Date.now();
    if (data.name === "lost") connection(false, reached ?? true);
    else if (data.name !== "here") hear(data);
  });

  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hidden = Date.now();
    else if (Date.now() - hidden > 1000) wake();
  });
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => connection(false, false));

  if (locks) queueUp();
  else lead({});
  probe();
  window.setInterval(() => {
    if (Date.now() - heard > SILENCE) connection(false, reached ?? true);
    if (Date.now() - answered > QUIET && document.visibilityState === "visible") probe();
    poll();
  }, POLL);
}
