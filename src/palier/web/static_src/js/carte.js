// The interactive map: loaded when someone opens it; the drawing and the list stay its twins.
import styles from "maplibre-gl/dist/maplibre-gl.css?url";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { CALQUES, style } from "./calques.js";
import { drawWords } from "./mots.js";

function withStyles(address) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    for (const kind of ["load", "error"]) link.addEventListener(kind, resolve, { once: true });
    document.head.append(link);
  });
}

async function read(address) {
  if (!address) return null;
  const answer = await fetch(address).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** The background that the operator gives, if he does: its address for the style, and whether it is made of pictures. */
async function ground(library, address) {
  if (!address) return null;
  const { PMTiles, Protocol, TileType } = await import("pmtiles");
  const archive = new PMTiles(new URL(address, window.location.href).href);
  const header = await archive.getHeader().catch(() => null);
  if (!header) return null;
  const protocol = new Protocol();
  protocol.add(archive);
  library.addProtocol("pmtiles", protocol.tile);
  return { url: `pmtiles://${archive.source.getKey()}`, images: header.tileType !== TileType.Mvt };
}

function bindButtons(panel, map) {
  const start = { center: map.getCenter(), zoom: map.getZoom() };
  const moves = {
    plus: () => map.zoomIn({ animate: false }),
    minus: () => map.zoomOut({ animate: false }),
    crosshair: () => map.jumpTo(start),
  };
  const step = 120;
  for (const [name, by] of Object.entries({ left: [-step, 0], right: [step, 0], up: [0, -step], down: [0, step] })) {
    moves[`arrow-${name}`] = () => map.panBy(by, { animate: false });
  }
  for (const link of panel.querySelectorAll("[data-geste]")) {
    link.addEventListener("click", (event) => {
      const move = moves[link.dataset.geste];
      if (!move) return;
      event.preventDefault();
      move();
    });
  }
}

/** Addresses of the file know no language: those of this page do. */
function follow(address) {
  const { lang } = document.documentElement;
  window.location.assign(lang === "fr" ? address : `/${lang}${address}`);
}

function bindMarks(map) {
  map.on("click", CALQUES.offre, ({ features: [offer] }) => {
    if (offer?.properties.url) follow(offer.properties.url);
  });
  map.on("click", CALQUES.groupe, async ({ features: [{ geometry, properties }] }) => {
    if (properties.url) return follow(properties.url);
    if (properties.cluster_id === undefined) return map.jumpTo({ center: geometry.coordinates, zoom: map.getZoom() + 2 });
    const zoom = await map.getSource("points").getClusterExpansionZoom(properties.cluster_id);
    return map.jumpTo({ center: geometry.coordinates, zoom });
  });
  for (const layer of Object.values(CALQUES)) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("carte-pointe"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("carte-pointe"));
  }
}

/** Puts the interactive map in the place of the drawing of a panel, and returns it. */
export async function openMap(panel) {
  const { cadre, points, lignes, fond } = panel.dataset;
  const [library, outlines] = await Promise.all([import("maplibre-gl"), read(lignes), withStyles(styles)]);
  library.setWorkerUrl(worker);
  const background = await ground(library, fond);
  const [west, south, east, north] = cadre.split(",").map(Number);
  const canvas = document.createElement("div");
  canvas.className = "carte-toile";
  panel.querySelector(".carte-dessin").replaceChildren(canvas);
  panel.querySelector("[data-carte-ouvrir]")?.remove();
  const map = new library.Map({
    container: canvas,
    style: style(new URL(points, window.location.href).href, outlines, background),
    bounds: [west, south, east, north],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  drawWords(map);
  bindButtons(panel, map);
  bindMarks(map);
  panel.palierMap = map;
  return map;
}
