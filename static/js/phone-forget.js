/* Before answers are withdrawn or a phone starts anew: what this phone keeps of that person goes once the server has
 * agreed, except the highest counter, above which a later answer must stand. Nothing goes while there is no connection.
 *
 * <form data-forget data-room="ROOM" data-participant="HANDLE" data-next="…">, in it perhaps a field `known` (the
 * highest counter given out here), [data-unsent] (shown where answers still wait) and [data-away] (no connection).
 */

for (const form of document.querySelectorAll("form[data-forget]")) {
  const whose = `${form.dataset.room}:${form.dataset.participant}:`;
  const prefixes = [`vote:${whose}`, `text:${whose}`];
  const show = (selector, shown) => form.querySelector(selector)?.toggleAttribute("hidden", !shown);

  const kept = () => {
    try {
      return Object.keys(localStorage).filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
    } catch {
      return []; // storage is switched off: then nothing is kept
    }
  };
  const highest = () => (kept().length ? Number(localStorage.getItem(`${prefixes[0]}highest`)) || 0 : 0);
  const waits = (key) => key.includes("/") && JSON.parse(localStorage.getItem(key))?.s.match(/kept|typing/);

  const forget = () => {
    for (const key of kept()) if (!key.endsWith(":highest")) localStorage.removeItem(key);
  };

  const tell = () => {
    show("[data-unsent]", kept().some(waits));
    if (form.elements.known) form.elements.known.value = highest();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell();
    const button = form.querySelector("button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    show("[data-away]", false);
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (response.type === "opaqueredirect") {
        forget();
        location.assign(form.dataset.next);
      } else form.submit(); // refused: the answer's own page says why
    } catch {
      show("[data-away]", true);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  window.addEventListener("storage", tell);
  window.addEventListener("pageshow", tell);
  tell();
}
