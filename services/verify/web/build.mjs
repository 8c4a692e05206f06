/**
 * Bundle the scripts into built/: `node build.mjs`.
 *
 * Names carry no hash yet: the service that serves these files puts in the root's key and the
 * official host, and names each file by what it then holds.
 */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { build } from "esbuild";

const PAGES = "../verify/pages";
const BUILT = "built";

rmSync(BUILT, { recursive: true, force: true });
mkdirSync(BUILT);
await build({
  entryPoints: {
    check: "source/check.ts",
    offline: "source/offline/main.ts",
    worker: "source/offline/worker.ts",
  },
  outdir: BUILT,
  bundle: true,
  minify: true,
  format: "esm",
  // Telephones of the last six years; BigInt, which the fall-back counts with, begins there.
  target: ["chrome80", "firefox78", "safari14.1"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".svg": "text" },
  logLevel: "warning",
});
const styles = [`${PAGES}/style.css`, "source/offline/style.css"];
writeFileSync(`${BUILT}/offline.css`, styles.map((one) => readFileSync(one, "utf-8")).join("\n"));
cpSync("source/offline/page.html", `${BUILT}/offline.html`);
cpSync("source/offline/manifest.json", `${BUILT}/manifest.json`);
cpSync("source/offline/icon.svg", `${BUILT}/icon.svg`);
cpSync("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", `${BUILT}/zxing.wasm`);
