// The fonts of the site: subsets of the packaged families, small enough for a first page of 60 kB.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { rename } from "./noms.js";

const require = createRequire(import.meta.url);
const FILES = "node_modules/@fontsource-variable";

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
/** What French and English pages use: loaded on every page. */
const COURANT = `${range(0x20, 0x7e)}\u00a0«»°·²³×ÀÂÆÇÈÉÊËÎÏÔÙÛÜàâæçèéêëîïôöùûüÿŒœ‘’“”…–—€−•`;
const COURANT_TITRE = [...COURANT].filter((c) => !"\"#$*<=>@[\\]^_`{|}~".includes(c)).join("");
/** The rest of the Latin files: Portuguese, Turkish and others; loaded when a character asks for it. */
const COMPLEMENT = [...range(0xa1, 0xff)].filter((c) => !COURANT.includes(c)).join("");
const ARABE = `${range(0x0600, 0x0603)}،؍؛؟${range(0x0621, 0x063a)}${range(0x0640, 0x0655)}${range(0x0660, 0x066d)}ٰٱپچژکگی\u200c\u200d\u200e\u200f\u202a\u202b\u202c`;

/** Fractions and proportional digits would carry forty more glyphs. */
const TRAITS = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "init", "medi", "fina", "rlig", "calt"];

const TITRE = { famille: "Palier Titre", axes: { wght: 660, FLAR: 100 } };
const TEXTE = { famille: "Palier Texte", axes: { wght: { min: 400, max: 640 } } };
export const POLICES = [
  { nom: "titre", ...TITRE, texte: COURANT_TITRE, fichier: "commissioner/files/commissioner-latin-flar-normal.woff2" },
  { nom: "titre-plus", ...TITRE, texte: COMPLEMENT, fichier: "commissioner/files/commissioner-latin-flar-normal.woff2" },
  { nom: "texte", ...TEXTE, texte: COURANT, fichier: "source-sans-3/files/source-sans-3-latin-wght-normal.woff2" },
  { nom: "texte-plus", ...TEXTE, texte: COMPLEMENT, fichier: "source-sans-3/files/source-sans-3-latin-wght-normal.woff2" },
  {
    nom: "arabe",
    famille: "Palier Arabe",
    axes: { wght: { min: 400, max: 660 } },
    texte: ARABE,
    fichier: "noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2",
  },
];

function codes(texte) {
  const points = [...texte].map((c) => c.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && point <= last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (n) => n.toString(16).toUpperCase();
  return runs.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(",");
}

function face({ nom, famille, axes, texte }) {
  const weight = typeof axes.wght === "number" ? "400 700" : `${axes.wght.min} ${axes.wght.max}`;
  return `@font-face {
  font-family: "${famille}";
  font-style: normal;
  font-weight: ${weight};
  font-display: swap;
  src: url("../polices/${nom}.woff2") format("woff2");
  unicode-range: ${codes(texte)};
}
`;
}

async function make({ famille, axes, texte, fichier }) {
  const subsetFont = require("subset-font");
  const fontverter = createRequire(require.resolve("subset-font"))("fontverter");
  const options = { targetFormat: "truetype", variationAxes: axes, keepFeatures: TRAITS, noHinting: true };
  const subset = await subsetFont(await readFile(path.join(FILES, fichier)), texte, options);
  return fontverter.convert(rename(subset, famille), "woff2");
}

/** Writes the fonts and `_faces.scss` into `dossier`, unless they are those of these settings already. */
export async function writeFonts(dossier) {
  const sources = await Promise.all(POLICES.map(({ fichier }) => readFile(path.join(FILES, fichier))));
  const digest = createHash("sha256").update(JSON.stringify(POLICES));
  for (const name of ["polices.js", "noms.js"]) digest.update(await readFile(new URL(name, import.meta.url)));
  sources.forEach((bytes) => digest.update(bytes));
  const stamp = digest.digest("hex");
  const mark = path.join(dossier, "empreinte.txt");
  if ((await readFile(mark, "utf8").catch(() => "")) === stamp) return;
  await mkdir(dossier, { recursive: true });
  for (const police of POLICES) await writeFile(path.join(dossier, `${police.nom}.woff2`), await make(police));
  await writeFile(path.join(dossier, "_faces.scss"), POLICES.map(face).join("\n"));
  await writeFile(mark, stamp);
}
