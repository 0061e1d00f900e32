// The licences of what reaches a browser, in one file beside it.
import { readdir, readFile } from "node:fs/promises";

// Packages that ship no licence file (its text is kept here), and those that another one brings along.
const GARDEES = new Map([["pmtiles", new URL("licences/pmtiles.txt", import.meta.url)]]);
const APPORTEES = ["fflate"];

async function textOf(name) {
  if (GARDEES.has(name)) return readFile(GARDEES.get(name), "utf8");
  const folder = `node_modules/${name}`;
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name}: no licence file`);
  return readFile(`${folder}/${file}`, "utf8");
}

export async function licences() {
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
  const parts = [...Object.keys(dependencies), ...APPORTEES].map(async (name) => {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
    return `== ${name} ${version}\n\n${(await textOf(name)).trim()}\n`;
  });
  return (await Promise.all(parts)).join("\n");
}
