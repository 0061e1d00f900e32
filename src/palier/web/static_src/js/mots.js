// Words of the map drawn as images: no glyph server, the fonts of the page, a halo over the data.
const SCALE = 2;
const KINDS = {
  "nombre:": { font: '640 15px "Palier Texte", sans-serif', fill: "#ffffff", halo: "" },
  "nom:": { font: '640 15px "Palier Texte", "Palier Arabe", sans-serif', fill: "#1a2b2d", halo: "#ffffff" },
};

function draw(word, { font, fill, halo }) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.font = font;
  const width = Math.ceil(pen.measureText(word).width) + 8;
  canvas.width = width * SCALE;
  canvas.height = 24 * SCALE;
  pen.scale(SCALE, SCALE);
  Object.assign(pen, { font, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4 });
  if (halo) {
    pen.strokeStyle = halo;
    pen.strokeText(word, width / 2, 12);
  }
  pen.fillStyle = fill;
  pen.fillText(word, width / 2, 12);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Draws the image that a layer asks for when the map does not hold it yet. */
export function drawWords(map) {
  map.setMissingStyleImageResolver((id) => {
    const kind = Object.keys(KINDS).find((prefix) => id.startsWith(prefix));
    if (!kind || map.hasImage(id)) return;
    map.addImage(id, draw(id.slice(kind.length), KINDS[kind]), { pixelRatio: SCALE });
  });
}
