import { writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import { labelText } from '@carebell/contracts/labels.ts';
import type { LabelKind } from '@carebell/contracts/labels.ts';
import { deviceSchema, dwellingSchema, gatewaySchema } from '@carebell/contracts/registry.ts';
import { encodeQR } from 'qr';
import { done } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import type { Hub } from './hub.ts';

export type LabelOptions = { out?: string; origin?: string };

/** Modules of white around a code, as ISO/IEC 18004 asks for. */
const border = 4;
/** At 300 dots an inch a code of 33 modules is 28 mm wide. */
const pixelsOfModule = 10;

const lists = {
  device: ['/devices/', deviceSchema],
  gateway: ['/gateways/', gatewaySchema],
  dwelling: ['/dwellings/', dwellingSchema],
} as const;

/** The label of something that is entered: into a file, or as a code that a phone reads off the terminal. */
export async function label(
  hub: Hub,
  of: LabelKind,
  id: string,
  { out, origin }: LabelOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const [path, schema] = lists[of];
  await hub.get<unknown>(`${path}${encodeURIComponent(id)}`, schema);
  const text = labelText(origin ?? hub.url, { of, id });
  const json = { of, id, text, ...(out === undefined ? {} : { file: out }) };
  if (out === undefined)
    return done(json, [
      ...encodeQR(text, 'ascii', { ecc: 'medium', border: 2 }).trimEnd().split('\n'),
      text,
      id,
    ]);
  await writeFile(out, out.endsWith('.svg') ? svgLabel(text, id) : pngCode(text));
  return done(json, [texts.labelWritten(out, text)]);
}

/** The code with its identifier under it, as on the sheet of labels. */
export function svgLabel(text: string, id: string): string {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border });
  const size = rows.length;
  const squares = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const font = Math.min(3, (size * 1.6) / Math.max(id.length, 1));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size + 4}" width="33mm">`,
    `<rect width="${size}" height="${size + 4}" fill="#fff"/><path d="${squares.join('')}"/>`,
    `<text x="${size / 2}" y="${size + 1}" font-family="monospace" font-size="${font}" text-anchor="middle">${id}</text>`,
    '</svg>\n',
  ].join('\n');
}

/** One bit a pixel, black on white. */
export function pngCode(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border });
  const size = modules.length * pixelsOfModule;
  const bytesOfRow = Math.ceil(size / 8);
  const rows = modules.flatMap((module) => {
    const row = Buffer.alloc(1 + bytesOfRow, 0xff);
    // PNG specification, section 9.2: the filter of the row, none.
    row[0] = 0;
    for (let x = 0; x < size; x += 1) {
      const at = 1 + (x >> 3);
      if (module[Math.floor(x / pixelsOfModule)] === true) row[at] = (row[at] ?? 0) & ~(0x80 >> (x & 7));
    }
    return Array.from({ length: pixelsOfModule }, () => row);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // A bit a pixel, grey; the method of compression, of filtering and no interlacing are 0.
  header[8] = 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
