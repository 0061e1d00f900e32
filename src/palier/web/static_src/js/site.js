// What pages gain with JavaScript; each works without.
import { proposeLanguage } from "./langues.js";
import { watchMenus } from "./menus.js";

proposeLanguage();
watchMenus();

// The summary of errors takes the focus: `autofocus` is not enough in every browser.
const told = document.querySelector("[data-focus]");
told?.focus();
// An address with a fragment takes the focus away when the page is whole.
if (told && location.hash) addEventListener("load", () => told.focus());

/** Loads a module the first time that someone is about to use it, and tells it what was changed meanwhile. */
function onFirstUse(selector, load) {
  if (!document.querySelector(selector)) return;
  let changed = null;
  const note = ({ target }) => {
    if (target.closest?.(selector)) changed = target;
  };
  const start = async ({ target }) => {
    if (!target.closest?.(selector)) return;
    for (const kind of ["focusin", "pointerdown"]) document.removeEventListener(kind, start, true);
    document.addEventListener("change", note, true);
    await load();
    document.removeEventListener("change", note, true);
    changed?.dispatchEvent(new Event("change", { bubbles: true }));
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
for (const button of document.querySelectorAll("[data-cocher]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll("input[type=checkbox]")) box.checked = true;
  });
}
for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

onFirstUse("[data-deliberation]", () => import("./deliberation.js").then(({ watchBallots }) => watchBallots()));
