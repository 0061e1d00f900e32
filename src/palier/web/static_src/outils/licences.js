// The licences of what reaches a browser, in one file beside it.
import { readdir, readFile } from "node:fs/promises";

export async function licences() {
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
  const parts = Object.entries(dependencies).map(async ([name, version]) => {
    const folder = `node_modules/${name}`;
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name}: no licence file`);
    return `== ${name} ${version}\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`;
  });
  return (await Promise.all(parts)).join("\n");
}
