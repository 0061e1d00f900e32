// The interactive map: loaded when someone opens it; the drawing and the list stay its twins.
import maplibre from "maplibre-gl/dist/maplibre-gl.css?url";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { CALQUES, style } from "./calques.js";

function withStyles(address) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", resolve, { once: true });
    document.head.append(link);
  });
}

function bindButtons(panel, map) {
  const moves = {
    plus: () => map.zoomIn({ animate: false }),
    minus: () => map.zoomOut({ animate: false }),
    crosshair: () => map.jumpTo(map.palierStart),
  };
  for (const link of panel.querySelectorAll("[data-geste]")) {
    const move = moves[link.dataset.geste];
    if (!move) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      move();
    });
  }
}

export async function openMap(panel) {
  const [{ default: library, ...names }] = await Promise.all([import("maplibre-gl"), withStyles(maplibre)]);
  const gl = library ?? names;
  gl.setWorkerUrl(worker);
  const [west, south, east, north] = panel.dataset.cadre.split(",").map(Number);
  const canvas = document.createElement("div");
  canvas.className = "carte-toile";
  panel.querySelector(".carte-dessin").replaceChildren(canvas);
  panel.querySelector("[data-carte-ouvrir]")?.remove();
  const map = new gl.Map({
    container: canvas,
    style: style(panel.dataset),
    bounds: [west, south, east, north],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.palierStart = { center: map.getCenter(), zoom: map.getZoom() };
  map.touchZoomRotate.disableRotation();
  bindButtons(panel, map);
  map.on("click", CALQUES.offre, ({ features: [offer] }) => {
    if (offer?.properties.url) window.location.assign(offer.properties.url);
  });
  map.on("click", CALQUES.groupe, async ({ features: [group] }) => {
    const zoom = await map.getSource("points").getClusterExpansionZoom(group.properties.cluster_id);
    map.jumpTo({ center: group.geometry.coordinates, zoom });
  });
  panel.palierMap = map;
  return map;
}
