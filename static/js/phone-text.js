/* Words and small changes to what stands on the page. A text that is the same already is left alone. */

export const roomWords = { ...document.querySelector("[data-room-words]")?.dataset };

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/* What became of an answer, with its sign (data-status) and its word. */
export function mark(element, state, word) {
  if (element.dataset.status !== state) element.dataset.status = state;
  write(element.querySelector("b"), word);
}

/* A choice of this phone's own; none where storage is switched off. */
export const own = {
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name, text) {
    try {
      localStorage.setItem(name, text);
    } catch {
      // The choice then holds for this page alone.
    }
  },
};
