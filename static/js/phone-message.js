// The message to all phones: counts what is typed, fills in a ready sentence, and follows what is on the phones.
// Without this file it works as a plain form.

for (const part of document.querySelectorAll("[data-phone-message]")) {
  const text = part.querySelector("textarea");
  const hint = part.querySelector(".helptext");
  const words = part.querySelector("[data-count]")?.dataset.count;

  const count = () => {
    if (hint && words) hint.textContent = words.replace("%N", text.value.length);
  };
  text?.addEventListener("input", count);
  if (text?.value) count();

  for (const button of part.querySelectorAll("[name=ready]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      text.value = button.value;
      count();
      text.focus();
    });
  }

  // A colleague's message is shown here at once, as the phones show it.
  const now = part.querySelector("[data-message-now]");
  document.addEventListener("live:state", ({ detail }) => {
    if (detail.message === undefined) return;
    const away = now.querySelector("[name=message]");
    if (!detail.message && now.contains(document.activeElement)) text?.focus({ preventScroll: true });
    now.hidden = !detail.message;
    now.querySelector("[data-message-text]").textContent = detail.message?.text ?? "";
    away.value = detail.message?.id ?? "";
  });
}
