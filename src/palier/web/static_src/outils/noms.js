// Gives a subset font a name of our own, as the reserved names of its licence (OFL 1.1) ask of a modified font.
const pad4 = (length) => (length + 3) & ~3;

function readTables(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    const start = font.readUInt32BE(at + 8);
    const tag = font.toString("latin1", at, at + 4);
    tables.set(tag, font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return tables;
}

function readNames(table) {
  const strings = table.readUInt16BE(4);
  const found = [];
  for (let i = 0; i < table.readUInt16BE(2); i += 1) {
    const at = 6 + 12 * i;
    const [platform, encoding, language, id, length, offset] = [0, 2, 4, 6, 8, 10].map((step) =>
      table.readUInt16BE(at + step),
    );
    const bytes = table.subarray(strings + offset, strings + offset + length);
    if (platform === 3 && encoding === 1) found.push({ language, id, bytes });
  }
  return found;
}

function utf16(text) {
  return Buffer.from(text, "utf16le").swap16();
}

function writeNames(records) {
  records.sort((a, b) => a.language - b.language || a.id - b.id);
  const head = Buffer.alloc(6 + 12 * records.length);
  head.writeUInt16BE(records.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  records.forEach(({ language, id, bytes }, i) => {
    [3, 1, language, id, bytes.length, offset].forEach((value, step) =>
      head.writeUInt16BE(value, 6 + 12 * i + 2 * step),
    );
    offset += bytes.length;
  });
  return Buffer.concat([head, ...records.map(({ bytes }) => bytes)]);
}

function checksum(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}

function writeTables(version, tables) {
  const tags = [...tables.keys()].sort();
  const power = Math.floor(Math.log2(tags.length));
  const head = Buffer.alloc(12 + 16 * tags.length);
  head.writeUInt32BE(version, 0);
  [tags.length, 16 << power, power, 16 * tags.length - (16 << power)].forEach((value, i) =>
    head.writeUInt16BE(value, 4 + 2 * i),
  );
  const parts = [head];
  let offset = head.length;
  tags.forEach((tag, i) => {
    const table = tables.get(tag);
    const padded = Buffer.alloc(pad4(table.length));
    table.copy(padded);
    if (tag === "head") padded.writeUInt32BE(0, 8);
    head.write(tag, 12 + 16 * i, "latin1");
    [checksum(padded), offset, table.length].forEach((value, step) =>
      head.writeUInt32BE(value, 16 + 16 * i + 4 * step),
    );
    parts.push(padded);
    offset += padded.length;
  });
  const font = Buffer.concat(parts);
  const start = tags.slice(0, tags.indexOf("head")).reduce((sum, tag) => sum + pad4(tables.get(tag).length), head.length);
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, start + 8);
  return font;
}

/** Returns the font (sfnt bytes) under the family name `famille`; copyright and axis names are kept. */
export function rename(font, famille) {
  const tables = readTables(font);
  const english = 0x409;
  const ours = {
    1: famille,
    2: "Regular",
    3: `${famille} (subset)`,
    4: famille,
    6: famille.replaceAll(" ", ""),
    13: "SIL Open Font License, Version 1.1",
    14: "https://openfontlicense.org",
  };
  const kept = readNames(tables.get("name")).filter(({ id }) => id === 0 || id >= 256);
  const added = Object.entries(ours).map(([id, text]) => ({ language: english, id: Number(id), bytes: utf16(text) }));
  tables.set("name", writeNames([...kept, ...added]));
  return writeTables(font.readUInt32BE(0), tables);
}
