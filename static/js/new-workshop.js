// The form of a new workshop. Without this file it works as a plain form; here it saves a few taps.

const date = document.getElementById("id_date");
const horizon = document.getElementById("id_horizon_year");
const question = document.getElementById("id_focal_question");

if (date && horizon && question) {
  const suggestion = question.closest("[data-suggestion]").dataset.suggestion;
  const yearOf = () => Number(date.value.slice(0, 4));
  let ahead = Number(horizon.value) - yearOf();
  let suggested = suggestion.replace("{year}", horizon.value);

  // The suggested question follows the horizon for as long as nobody changed a word of it.
  const follow = () => {
    const now = suggestion.replace("{year}", horizon.value);
    if (question.value === suggested && /^\d{4}$/.test(horizon.value)) {
      question.value = now;
      suggested = now;
    }
  };
  // The horizon keeps its distance to the day.
  date.addEventListener("change", () => {
    if (ahead > 0 && yearOf() > 2000) {
      horizon.value = String(yearOf() + ahead);
      follow();
    }
  });
  horizon.addEventListener("input", () => {
    const years = Number(horizon.value) - yearOf();
    if (years > 0 && years < 101) ahead = years;
    follow();
  });
}

// Enter in the search adds the first municipality that was found.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "municipality-search") return;
  event.preventDefault();
  const searched = document.querySelector("#results [name=searched]")?.value;
  const first = document.querySelector("#results button");
  if (first && searched === event.target.value) first.click();
  else document.querySelector("[name=search_now]").click();
});

// While what was pressed is being added or removed, one goes on searching: the box is empty and has the focus.
const search = document.getElementById("municipality-search");
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id !== "chosen") return;
  if (event.detail.elt.name === "add") search.value = "";
  search.focus();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "chosen" && !search.value) document.getElementById("results").replaceChildren();
});
