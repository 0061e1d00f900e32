// What pages gain with JavaScript; each works without.
import { watchMenus } from "./menus.js";

watchMenus();

// The summary of errors takes the focus: `autofocus` is not enough in every browser.
document.querySelector("[data-focus]")?.focus();

/** Loads a module the first time that someone is about to use it. */
function onFirstUse(selector, load) {
  if (!document.querySelector(selector)) return;
  const start = (event) => {
    if (!event.target.closest?.(selector)) return;
    for (const kind of ["focusin", "pointerdown"]) document.removeEventListener(kind, start, true);
    load();
  };
  for (const kind of ["focusin", "pointerdown"]) document.addEventListener(kind, start, true);
}

onFirstUse("[hx-get], [hx-post]", () => import("./htmx.js"));
onFirstUse("[data-suggestions]", () => import("./suggestions.js").then(({ watchSuggestions }) => watchSuggestions()));

for (const button of document.querySelectorAll("[data-carte-ouvrir]")) {
  button.hidden = false;
  button.addEventListener("click", () =>
    import("./carte.js").then(({ openMap }) => openMap(button.closest("[data-carte]"))),
  );
}
for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
