/* A result beside one's own answers: a link to it stands in the room while there is one, and its own page is made
   anew when the round closes and leaves when the facilitator hides the result. (Choosing a view is plain CSS: see own-and-room.css.) */

const page = document.querySelector("[data-result]");
let leaving = false;

document.addEventListener("live:state", ({ detail: { stage } }) => {
  if (!stage) return;
  for (const link of document.querySelectorAll(`[data-result-of="${stage.id}"]`)) link.hidden = !stage.revealed;
  if (!page) return;
  const here = String(stage.id) === page.dataset.result;
  // The server knows whether there is still something to see, and else leads back to the room.
  if (here && !leaving && (!stage.revealed || stage.state !== page.dataset.state)) {
    leaving = true; // once: each time the server says why it leads back
    location.reload();
  }
  const note = page.querySelector("[data-moved]");
  if (!here && stage.state === "open" && note.textContent !== note.dataset.moved) note.textContent = note.dataset.moved;
});
