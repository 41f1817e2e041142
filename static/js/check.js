// "Alles klaar?": says in one sentence how the rows turned out, and hears for itself whether the stream is live.

const PATIENCE = 6000;
const SIGNS = { good: "✓", note: "!", bad: "✗" };

const sum = document.getElementById("check-sum");
const rows = () => [...document.querySelectorAll(".check-row")];

function conclude() {
  const levels = rows().map((row) => row.dataset.level);
  if (levels.includes(undefined)) return;
  const worst = ["bad", "note"].find((level) => levels.includes(level)) ?? "good";
  sum.dataset.level = worst;
  sum.textContent = sum.dataset[worst];
}

// A row that could not be fetched says so itself.
function broken(row) {
  row.dataset.level = "bad";
  row.querySelector(".check-sign").textContent = SIGNS.bad;
  row.querySelector("[data-waiting]").textContent = sum.dataset.broken;
  conclude();
}
document.body.addEventListener("htmx:afterSettle", conclude);
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => broken(event.detail.elt));
}

const own = document.getElementById("check-browser");
own.hidden = false;
let decided = false;

function decide(level) {
  if (decided) return;
  decided = true;
  source.close();
  own.dataset.level = level;
  own.querySelector(".check-sign").textContent = SIGNS[level];
  own.querySelector("[data-waiting]").hidden = true;
  const words = own.querySelector("[data-words]");
  words.textContent = words.dataset[level];
  words.className = level === "good" ? "visually-hidden" : "check-word";
  for (const line of own.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== level;
  conclude();
}

// What was published before the stream was open would be missed: the word is asked for once it is.
const source = new EventSource(own.dataset.stream);
source.addEventListener("open", () => {
  const form = new FormData(document.getElementById("check-form"));
  form.set("token", own.dataset.token);
  fetch(own.dataset.say, { method: "POST", body: new URLSearchParams(form) }).catch(() => decide("note"));
}, { once: true });
source.addEventListener("check", (event) => {
  if (event.data === own.dataset.token) decide("good");
});
setTimeout(() => decide("note"), PATIENCE);
