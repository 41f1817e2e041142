/* A round's own result page: it leaves when the facilitator hides the result, and says when a round opens elsewhere.
   (Choosing a view is plain CSS: see own_and_room.css.) */

const page = document.querySelector("[data-result]");
const note = page.querySelector("[data-moved]");

document.addEventListener("live:state", ({ detail: { stage } }) => {
  if (!stage) return;
  const here = String(stage.id) === page.dataset.result;
  // The server knows whether there is still something to see, and else leads back to the room.
  if (here && !stage.revealed) location.reload();
  if (!here && stage.state === "open" && note.textContent !== note.dataset.moved) note.textContent = note.dataset.moved;
});
