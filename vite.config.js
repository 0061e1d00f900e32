// Builds the front end of the site into src/palier/web/static/dist; everything comes from node_modules.
import { defineConfig } from "vite";
import { actifs } from "./src/palier/web/static_src/outils/actifs.js";
import { logique } from "./src/palier/web/static_src/outils/logique.js";

const SOURCE = "src/palier/web/static_src";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [actifs(`${SOURCE}/polices`)],
  css: {
    postcss: { plugins: [logique()] },
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules"],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: "src/palier/web/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // htmx holds an `eval` that our settings (allowEval) and the content policy both refuse.
      checks: { eval: false, pluginTimings: false },
      input: {
        site: `${SOURCE}/js/site.js`,
        style: `${SOURCE}/scss/site.scss`,
        agents: `${SOURCE}/scss/agents.scss`,
      },
    },
  },
});
