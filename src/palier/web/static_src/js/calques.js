// The layers of the map, in the colours of the house; no glyph server, so counts are drawn as images.
export const CALQUES = { offre: "offre", groupe: "groupe" };
const COULEURS = { sol: "#fbfaf7", commune: "#ffffff", trait: "#7a7264", rampe: "#0b5a5e" };

export function style({ points, lignes }) {
  const sources = {
    points: { type: "geojson", data: points, cluster: true, clusterRadius: 44, clusterMaxZoom: 15 },
  };
  const layers = [{ id: "sol", type: "background", paint: { "background-color": COULEURS.sol } }];
  if (lignes) {
    sources.lignes = { type: "geojson", data: lignes };
    layers.push(
      { id: "communes", type: "fill", source: "lignes", paint: { "fill-color": COULEURS.commune } },
      {
        id: "limites",
        type: "line",
        source: "lignes",
        paint: { "line-color": COULEURS.trait, "line-width": 1, "line-dasharray": [5, 4] },
      },
    );
  }
  const edge = { "circle-color": COULEURS.rampe, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 };
  layers.push(
    {
      id: CALQUES.groupe,
      type: "circle",
      source: "points",
      filter: ["has", "point_count"],
      paint: { ...edge, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "point_count"]], 1, 13, 30, 30] },
    },
    { id: CALQUES.offre, type: "circle", source: "points", filter: ["!", ["has", "point_count"]], paint: { ...edge, "circle-radius": 9 } },
  );
  return { version: 8, sources, layers };
}
