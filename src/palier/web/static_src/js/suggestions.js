// Suggestions of places in the list that the browser draws itself: keys and readers already know it.
const WAIT = 150;

function listFor(field) {
  if (!field.list) {
    const list = document.createElement("datalist");
    list.id = `${field.id}-suggestions`;
    field.after(list);
    field.setAttribute("list", list.id);
  }
  return field.list;
}

/** « Schiltigheim (67300) »: the search of places reads the code back. */
function label({ nom, codes_postaux: postal, code }) {
  return `${nom} (${postal?.[0] ?? code})`;
}

async function fill(field) {
  const asked = field.value.trim();
  if (asked.length < 2) return;
  const address = new URL(field.dataset.suggestions, window.location.href);
  address.searchParams.set("q", asked);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || field.value.trim() !== asked) return;
  const { lieux = [] } = await answer.json();
  listFor(field).replaceChildren(...lieux.map((place) => new Option(label(place), label(place))));
}

export function watchSuggestions() {
  for (const field of document.querySelectorAll("[data-suggestions]")) {
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fill(field), WAIT);
    };
    field.addEventListener("input", later);
    later();
  }
}
