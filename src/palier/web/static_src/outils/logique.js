// Turns the physical sides of Bootstrap into logical ones: one style sheet serves both directions.
const SIDES = { left: "inline-start", right: "inline-end" };
const CORNERS = {
  "top-left": "start-start",
  "top-right": "start-end",
  "bottom-left": "end-start",
  "bottom-right": "end-end",
};
const VALUED = new Set(["text-align", "float", "clear"]);

function logicalName(name) {
  const corner = /^border-((?:top|bottom)-(?:left|right))-radius$/.exec(name);
  if (corner) return `border-${CORNERS[corner[1]]}-radius`;
  const side = /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)(.*)$/.exec(name);
  if (side) return `${side[1]}-${SIDES[side[2]]}${side[3]}`;
  return name in SIDES ? `inset-${SIDES[name]}` : name;
}

function logicalValue(name, value) {
  if (!VALUED.has(name)) return value;
  const kind = name === "text-align" ? "" : "inline-";
  return value === "left" ? `${kind}start` : value === "right" ? `${kind}end` : value;
}

/** Four values whose sides differ: `1px 2px 3px 4px` becomes a block pair and an inline pair. */
function logicalPairs(declaration) {
  if (declaration.prop !== "margin" && declaration.prop !== "padding") return;
  const values = declaration.value.match(/(?:[^\s(]+\([^)]*\)|[^\s(]+)+/g) ?? [];
  if (values.length !== 4 || values[1] === values[3]) return;
  const [top, right, bottom, left] = values;
  declaration.cloneBefore({ prop: `${declaration.prop}-block`, value: `${top} ${bottom}` });
  declaration.prop += "-inline";
  declaration.value = `${left} ${right}`;
}

/** PostCSS plugin. */
export function logique() {
  return {
    postcssPlugin: "palier-logique",
    Declaration(declaration) {
      const name = logicalName(declaration.prop);
      const value = logicalValue(name, declaration.value);
      if (name !== declaration.prop) declaration.prop = name;
      if (value !== declaration.value) declaration.value = value;
      logicalPairs(declaration);
    },
  };
}
logique.postcss = true;
