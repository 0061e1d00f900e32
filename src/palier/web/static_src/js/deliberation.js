// The ballots of a home: letters a to e choose a decision, only while the focus is in that ballot.

/** Chooses by its letter, as a click would; a letter typed in a field stays a letter. */
export function watchBallots() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    const choice = target
      .closest?.("[data-bulletin]")
      ?.querySelector(`[data-touche="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  });
}
