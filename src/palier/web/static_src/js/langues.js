// Who does not read the language of the page finds, at its top, a link in her own; the menu has all of them.
export function proposeLanguage() {
  const bar = document.querySelector("[data-langue-proposee]");
  if (!bar) return;
  const here = document.documentElement.lang;
  for (const wanted of navigator.languages) {
    const code = wanted.split("-")[0];
    if (code === here) return;
    const link = bar.querySelector(`a[hreflang="${CSS.escape(code)}"]`);
    if (!link) continue;
    link.hidden = bar.hidden = false;
    return;
  }
}
