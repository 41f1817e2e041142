/* "Ik snap dit niet" and "nog even": buttons that stay pressed until they are pressed again. */

import { roomWords as words } from "./phone-text.js";

const PATIENCE = 10000;

/* Send what a pressed button ([data-signal], value KIND-ITEM-ON) says; `say` tells what went wrong. */
export async function signal(button, form, address, say) {
  if (button.getAttribute("aria-busy")) return;
  const [kind, item, on] = button.value.split("-");
  const body = new URLSearchParams({
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, stage: form.dataset.stage, kind, on,
  });
  if (item !== "0") body.set("item", item);
  button.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, {
      method: "POST", body, headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (response.ok) {
      button.setAttribute("aria-pressed", String(on === "1"));
      button.value = `${kind}-${item}-${on === "1" ? 0 : 1}`;
    } else say(response.status === 409 ? words.signalClosed : words.signalFailed);
  } catch {
    say(words.signalFailed);
  } finally {
    button.removeAttribute("aria-busy");
  }
}
