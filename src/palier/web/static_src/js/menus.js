// Menus are `details`: Escape and a click elsewhere close them, and the focus goes back to their name.
const MENUS = "details.menu[open], details.langues[open]";

export function watchMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.(MENUS);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.langues[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
