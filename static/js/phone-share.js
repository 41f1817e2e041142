/* A link to send to oneself: by the phone's own share sheet where it has one, else by copying it. */

for (const link of document.querySelectorAll("a[data-share]")) {
  const words = link.textContent;
  link.setAttribute("role", "button");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      if (navigator.share) return await navigator.share({ url: link.href });
      await navigator.clipboard.writeText(link.href);
      link.textContent = link.dataset.shared;
      setTimeout(() => (link.textContent = words), 4000);
    } catch {
      // Turned down, or not allowed: the link is still there to be held down and copied.
    }
  });
  link.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), link.click()));
}
