/* "Lees voor": titles, text and questions of an item in the browser's voice, where it has one for the page's language. */

import { roomWords as words, write } from "./phone-text.js";

const language = document.documentElement.lang;
const labels = new WeakMap();
let reading = null;

const voice = () => speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().startsWith(language));

function stop() {
  speechSynthesis.cancel();
  if (reading) write(reading.firstElementChild, labels.get(reading));
  reading?.setAttribute("aria-pressed", "false");
  reading = null;
}

function read(button) {
  const again = reading === button;
  stop();
  if (again) return;
  const item = button.closest("[data-item]");
  const parts = [...item.querySelectorAll("h2, h3, legend, p")].filter((each) => !each.matches(".ask-place, .ask-tools, [hidden]"));
  const spoken = new SpeechSynthesisUtterance(parts.map((each) => each.textContent.trim().replace(/[^.?!]$/, "$&.")).join(" "));
  spoken.voice = voice();
  spoken.lang = spoken.voice?.lang ?? language;
  spoken.onend = () => reading === button && stop();
  reading = button;
  labels.set(button, button.firstElementChild.textContent);
  write(button.firstElementChild, words.stop);
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(spoken);
}

/* Show the buttons once there is a voice, and be silent as soon as the reader moves on. */
export function offer(ballot) {
  const show = () => {
    if (!ballot.form.isConnected) speechSynthesis.removeEventListener?.("voiceschanged", show);
    if (!voice()) return;
    for (const button of ballot.form.querySelectorAll("[data-read]")) button.hidden = false;
  };
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show);
  ballot.addEventListener("renewed", show);
  ballot.addEventListener("moved", stop);
  ballot.form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (button) read(button);
  });
}

window.addEventListener("pagehide", stop);
document.addEventListener("room:shown", stop);
