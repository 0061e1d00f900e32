// Vite plugin: subset fonts before the styles are read, and the icons that pages use as two sprites.
import { readFile } from "node:fs/promises";
import { licences } from "./licences.js";
import { writeFonts } from "./polices.js";

const ICONES = new URL("../../components/icones.json", import.meta.url);
const PHOSPHOR = "node_modules/@phosphor-icons/core/assets/regular";

async function symbol(name) {
  const svg = await readFile(`${PHOSPHOR}/${name}.svg`, "utf8");
  const [, viewBox, body] = /viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/.exec(svg);
  return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
}

export function actifs(polices) {
  return {
    name: "palier-actifs",
    async buildStart() {
      this.addWatchFile(ICONES.pathname);
      await writeFonts(polices);
      const planches = JSON.parse(await readFile(ICONES, "utf8"));
      for (const [planche, names] of Object.entries(planches)) {
        const name = `${planche}.svg`;
        const symbols = await Promise.all(names.map(symbol));
        const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
        this.emitFile({ type: "asset", name, originalFileName: name, source });
      }
      this.emitFile({ type: "asset", fileName: "licences.txt", source: await licences() });
      const favicon = { type: "asset", name: "favicon.svg", originalFileName: "favicon.svg" };
      this.emitFile({ ...favicon, source: await readFile(new URL("../marque/favicon.svg", import.meta.url)) });
    },
  };
}
