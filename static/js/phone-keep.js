/* "Ik blijf bij 4": a button that answers as the person did in the first round, as if that value were tapped. Nothing
 * but a tap answers, and the answer goes through the same queue as any other. */

export function offer(ballot) {
  const { form } = ballot;
  const cellOf = (button) => button.closest("[data-cell]");
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-keep]");
    if (!button) return;
    const same = [...cellOf(button).querySelectorAll("input")].find((input) => input.value === button.dataset.keep);
    // Also where it is the answer already and a try to send it failed.
    same.checked = true;
    ballot.tapped(same);
  });
  const draw = () => {
    for (const button of form.querySelectorAll("[data-keep]")) {
      const chosen = cellOf(button).querySelector("input:checked");
      button.setAttribute("aria-pressed", String(chosen?.value === button.dataset.keep));
    }
  };
  ballot.addEventListener("drawn", draw);
  draw();
}
