// The list of a round's items in the order that the server says ("items:ordered", sent as a header): what moved is put
// in its place and what is gone goes, while everything that was typed in the others stays.

const list = document.getElementById("items");

function number() {
  const rows = [...list.children];
  rows.forEach((row, place) => {
    row.querySelector(".item-number").textContent = place + 1;
    for (const [to, edge] of [["up", 0], ["down", rows.length - 1]]) {
      const button = row.querySelector(`.item-move [value="${to}"]`);
      if (button) button.ariaDisabled = place === edge ? "true" : null;
    }
  });
}

document.body.addEventListener("items:ordered", (event) => {
  const focused = document.activeElement;
  const place = [...list.children].findIndex((row) => row.contains(focused));
  const order = event.detail.order.map((id) => list.querySelector(`:scope > [data-item="${id}"]`)).filter(Boolean);
  for (const row of [...list.children]) if (!order.includes(row)) row.remove();
  order.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
  number();
  // A row that is put elsewhere loses the focus; so does one that is gone, to the one that came in its place.
  if (focused.isConnected && focused !== document.body) focused.focus();
  else if (place >= 0) list.children[Math.min(place, list.children.length - 1)]?.querySelector("summary")?.focus();
});

if (list) number();
