// The layers of the map, in the colours of the house.
export const CALQUES = { offre: "offre", groupe: "groupe" };
const COULEURS = { sol: "#fbfaf7", commune: "#ffffff", trait: "#7a7264", rampe: "#0b5a5e" };
const MARQUE = { "circle-color": COULEURS.rampe, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 };
// A point of the file may stand for several offers (`nombre`); a group of points adds them up (`somme`).
const NOMBRE = ["coalesce", ["get", "somme"], ["get", "nombre"], 1];
const RAYON = ["interpolate", ["linear"], ["sqrt", NOMBRE], 1, 13, 30, 30];

/** Names stand at the town-hall points that outlines carry. */
function names({ features }) {
  const found = features.filter(({ properties }) => properties.point && properties.nom);
  return {
    type: "FeatureCollection",
    features: found.map(({ properties: { nom, population, point } }) => ({
      type: "Feature",
      properties: { nom, rang: -(population ?? 0) },
      geometry: { type: "Point", coordinates: point },
    })),
  };
}

// Layers of a background of vectors, by their names in the tiles of Protomaps; names of places are ours.
const FOND = [
  ["earth", "fill", { "fill-color": "#ffffff" }],
  ["landuse", "fill", { "fill-color": "#eef1ea" }],
  ["water", "fill", { "fill-color": "#dbe7ea" }],
  ["buildings", "fill", { "fill-color": "#efece4" }],
  ["roads", "line", { "line-color": "#d9d4c8", "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.4, 16, 3] }],
];

function background({ url, images }, sources, layers) {
  if (images) {
    sources.fond = { type: "raster", url, tileSize: 256 };
    layers.push({ id: "fond", type: "raster", source: "fond" });
    return;
  }
  sources.fond = { type: "vector", url };
  for (const [name, type, paint] of FOND) {
    const filter = type === "fill" ? ["==", ["geometry-type"], "Polygon"] : ["==", ["geometry-type"], "LineString"];
    layers.push({ id: `fond-${name}`, type, source: "fond", "source-layer": name, filter, paint });
  }
}

function outlines(lignes, sources, layers, bare) {
  sources.lignes = { type: "geojson", data: lignes };
  sources.noms = { type: "geojson", data: names(lignes) };
  if (bare) layers.push({ id: "communes", type: "fill", source: "lignes", paint: { "fill-color": COULEURS.commune } });
  layers.push(
    {
      id: "limites",
      type: "line",
      source: "lignes",
      paint: { "line-color": COULEURS.trait, "line-width": 1, "line-dasharray": [5, 4] },
    },
  );
}

/** Returns a style: ground, outlines where there are some, offers in groups, names over them. */
export function style(points, lignes, fond) {
  const sources = {
    points: {
      type: "geojson",
      data: points,
      cluster: true,
      clusterRadius: 44,
      clusterMaxZoom: 15,
      clusterProperties: { somme: ["+", ["get", "nombre"]] },
    },
  };
  const layers = [{ id: "sol", type: "background", paint: { "background-color": COULEURS.sol } }];
  if (fond) background(fond, sources, layers);
  if (lignes) outlines(lignes, sources, layers, !fond);
  const grouped = [">", NOMBRE, 1];
  layers.push(
    {
      id: CALQUES.groupe,
      type: "circle",
      source: "points",
      filter: grouped,
      paint: { ...MARQUE, "circle-radius": RAYON },
    },
    {
      id: CALQUES.offre,
      type: "circle",
      source: "points",
      filter: ["!", grouped],
      paint: { ...MARQUE, "circle-radius": 9 },
    },
    {
      id: "nombres",
      type: "symbol",
      source: "points",
      filter: grouped,
      layout: {
        "icon-image": ["concat", "nombre:", ["to-string", NOMBRE]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
  );
  if (lignes) {
    const layout = { "icon-image": ["concat", "nom:", ["get", "nom"]], "symbol-sort-key": ["get", "rang"], "icon-padding": 6 };
    layers.push({ id: "noms", type: "symbol", source: "noms", layout });
  }
  return { version: 8, sources, layers };
}
