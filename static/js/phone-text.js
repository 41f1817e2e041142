/* Words and small changes to what stands on the page. A text that is the same already is left alone. */

/* An element's words: data-w-all-kept="…" is allKept. */
export const wordsOf = (element) => Object.fromEntries(
  Object.entries(element?.dataset ?? {}).filter(([name]) => /^w[A-Z]/.test(name))
    .map(([name, text]) => [name[1].toLowerCase() + name.slice(2), text]),
);

export const roomWords = wordsOf(document.querySelector("[data-room-words]"));

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/* What became of an answer, with its sign (data-status) and its word. */
export function mark(element, state, word) {
  if (element.dataset.status !== state) element.dataset.status = state;
  write(element.querySelector("b"), word);
}

const held = new Map();

/* A choice of this phone's own; where storage is full or switched off it holds for this page alone. */
export const own = {
  get(name) {
    try {
      return held.get(name) ?? localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name, text) {
    try {
      localStorage.setItem(name, text);
      held.delete(name);
    } catch {
      held.set(name, text);
    }
  },
  drop(name) {
    held.delete(name);
    try {
      localStorage.removeItem(name);
    } catch {
      // storage is switched off
    }
  },
};
