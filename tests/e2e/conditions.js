// How the tests look at a page from inside: each function returns what is wrong, or what they count.
(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const tag = (e) => e.outerHTML.slice(0, 110);
  const chain = (e) => {
    const found = [];
    for (let p = e; p && p !== document.documentElement; p = p.parentElement) found.push(p);
    return found;
  };
  /** The colour on which an element stands. */
  const ground = (e) => {
    const solid = chain(e).find((p) => !getComputedStyle(p).backgroundColor.endsWith(", 0)"));
    return solid ? getComputedStyle(solid).backgroundColor : "";
  };

  const overflow = () => {
    const wide = document.documentElement.scrollWidth, most = document.documentElement.clientWidth;
    if (wide <= most) return [];
    const out = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.right > most + 1 || box.left < -1;
    });
    return [`${wide} pixels`, ...out.slice(0, 4).map(tag)];
  };

  /** Lines of a text, and whether the window or a box that hides what does not fit cuts them. */
  const lines = (node) => {
    const above = chain(node.parentElement).map((e) => [e, getComputedStyle(e), e.getBoundingClientRect()]);
    const unseen = ([, s, b]) => s.clipPath !== "none" || (s.display !== "contents" && b.width <= 1);
    if (above.some(unseen)) return null;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((b) => b.width > 1);
    const rolls = above.some(([, s]) => ["auto", "scroll"].includes(s.overflowX));
    const hides = (value) => value === "hidden" || value === "clip";
    const most = document.documentElement.clientWidth;
    const cutBy = ([e, s, box], b) =>
      e !== document.body &&
      ((hides(s.overflowX) && !rolls && (b.right > box.right + 1 || b.left < box.left - 1)) ||
        (hides(s.overflowY) && (b.bottom > box.bottom + 4 || b.top < box.top - 4)));
    const cut = boxes.some(
      (b) => (!rolls && (b.right > most + 1 || b.left < -1)) || above.some((part) => cutBy(part, b)),
    );
    return { boxes: rolls ? [] : boxes, cut };
  };

  const overlap = (a, b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 4 && high > 0.5 * Math.min(a.height, b.height);
  };

  /** What is cut, what lies under something else, what stays on the screen and fills it. */
  const cut = () => {
    const found = [], seen = [];
    document.activeElement?.blur(); // the link that skips to the content lies over the logo while it has the focus
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement, said = texts.currentNode.data.trim();
      if (!said || parent.closest("svg, option, script, style, noscript") || !shown(parent)) continue;
      const place = lines(texts.currentNode);
      if (place?.cut) found.push(`coupé : ${said.slice(0, 60)}`);
      for (const box of place?.boxes ?? []) seen.push([box, parent, said.slice(0, 40)]);
    }
    seen.forEach(([a, e, s], i) => {
      for (const [b, f, t] of seen.slice(i + 1, i + 40)) {
        if (overlap(a, b) && !e.contains(f) && !f.contains(e)) found.push(`l'un sur l'autre : ${s} / ${t}`);
      }
    });
    const stays = (e) => ["sticky", "fixed"].includes(getComputedStyle(e).position) && shown(e);
    for (const e of document.querySelectorAll("body *")) {
      if (stays(e) && e.getBoundingClientRect().height > innerHeight / 3) found.push(`emplit l'écran : ${tag(e)}`);
    }
    // A line of boxes makes of « 1er » two of them.
    const lined = ["flex", "inline-flex", "grid", "inline-grid"];
    for (const e of document.querySelectorAll("sup")) {
      if (lined.includes(getComputedStyle(e.parentElement).display)) found.push(`exposant séparé : ${tag(e.parentElement)}`);
    }
    return found.slice(0, 8);
  };

  const CONTROLS =
    "input:not([type=hidden], [type=file]), select, textarea, button, .btn, .puce, .menu > summary, .choix-joints label";

  /** In forced colours: an edge to each control, or a line under it; the present place told by more than colour. */
  const forced = () => {
    const found = [];
    for (const e of document.querySelectorAll(CONTROLS)) {
      if (!shown(e)) continue;
      const s = getComputedStyle(e), back = ground(e.parentElement);
      const native = ["checkbox", "radio"].includes(e.type) && s.appearance !== "none";
      const edges = ["Top", "Right", "Bottom", "Left"].filter(
        (side) =>
          parseFloat(s[`border${side}Width`]) >= 1 &&
          s[`border${side}Style`] !== "none" &&
          s[`border${side}Color`] !== back,
      );
      if (!native && edges.length < 3 && !s.textDecorationLine.includes("underline"))
        found.push(`sans bord : ${tag(e)}`);
    }
    const look = (e, pseudo) => {
      const s = getComputedStyle(e, pseudo);
      if (pseudo && s.content === "none") return "";
      return [s.fontWeight, s.textDecorationLine, s.borderTopWidth, s.borderInlineStartWidth, s.backgroundColor].join();
    };
    const looks = (e) => [null, "::before", "::after"].map((pseudo) => look(e, pseudo)).join("|");
    for (const here of document.querySelectorAll("[aria-current]")) {
      const others = here.closest("ul, ol")?.querySelectorAll(`${here.localName}:not([aria-current])`) ?? [];
      const other = [...others].find(shown);
      if (other && shown(here) && looks(here) === looks(other)) found.push(`rien ne distingue : ${tag(here)}`);
    }
    return found;
  };

  const moves = () => {
    const moving = (e, pseudo) => {
      const s = getComputedStyle(e, pseudo);
      const long = s.transitionDuration.split(", ").some((d) => parseFloat(d) > 0);
      return s.animationName !== "none" || long || s.scrollBehavior === "smooth";
    };
    const all = [...document.querySelectorAll("*")];
    return all.filter((e) => [null, "::before", "::after"].some((p) => moving(e, p))).slice(0, 4).map(tag);
  };

  const FOCUSABLE =
    "a[href], button:not([disabled]), select, textarea, summary, input:not([type=hidden], [disabled]), [tabindex='0']";

  /** Note what the keyboard must reach: of radios, one of each name; return how many. */
  const focusable = () => {
    window.vus = new Set();
    const named = new Map();
    for (const e of document.querySelectorAll(FOCUSABLE)) {
      if (shown(e) && e.tabIndex >= 0) named.set(e.type === "radio" ? `radio ${e.name}` : e, e);
    }
    window.attendus = named;
    return named.size;
  };

  /** Tell how the focus shows itself; null where nothing has it or where it has been before. */
  const focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body || window.vus.has(e)) return null;
    window.vus.add(e);
    const ring = (part) => {
      const s = part && getComputedStyle(part);
      return s && s.outlineStyle !== "none" ? parseFloat(s.outlineWidth) : 0;
    };
    const label = e.closest("label"), holder = ring(e) >= ring(label) ? e : label;
    const box = e.getClientRects()[0] ?? e.getBoundingClientRect();
    const x = Math.max(0, Math.min(box.left + Math.min(box.width / 2, 40), innerWidth - 1));
    const hit = document.elementFromPoint(x, box.top + Math.min(box.height / 2, 14));
    const mine = hit && (e.contains(hit) || hit.contains(e) || hit.closest("label")?.control === e);
    return {
      nom: tag(e),
      trait: ring(holder),
      visible: getComputedStyle(holder).outlineColor !== ground(holder.parentElement),
      cache: !mine,
    };
  };

  const missed = () => {
    for (const e of window.vus) window.attendus.delete(e.type === "radio" ? `radio ${e.name}` : e);
    return [...window.attendus.values()].slice(0, 4).map(tag);
  };

  return { overflow, cut, forced, moves, focusable, focused, missed };
})()
