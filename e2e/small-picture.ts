import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A screenshot as PNG with a palette of at most 256 colours, about a third of its size. Pages are made of few colours
 * and the edges of letters, so that nothing is seen of it. Takes what Chromium writes: 8 bits, RGB or RGBA, not interlaced.
 */
export function smallPicture(png: Buffer): Buffer {
  const { width, height, depth, pixels } = readPixels(png);
  const keys = new Uint16Array(width * height);
  const uses = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at < keys.length; at += 1) {
    const [r, g, b] = [pixels[at * depth] ?? 0, pixels[at * depth + 1] ?? 0, pixels[at * depth + 2] ?? 0];
    const key = ((r >> 3) << 11) | ((g >> 2) << 5) | (b >> 3);
    keys[at] = key;
    const use = uses.get(key) ?? { count: 0, sum: [0, 0, 0] };
    use.count += 1;
    use.sum = [use.sum[0] + r, use.sum[1] + g, use.sum[2] + b];
    uses.set(key, use);
  }
  const byUse = [...uses].toSorted(([, a], [, b]) => b.count - a.count);
  const palette = byUse.slice(0, paletteSize).map(([, use]) => mean(use));
  const indexOf = new Map(
    byUse.map(([key, use], rank) => [key, rank < paletteSize ? rank : nearest(palette, mean(use))]),
  );

  // Every line begins with its filter; a palette is smallest with none.
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < keys.length; at += 1) {
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = indexOf.get(keys[at] ?? 0) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    png.subarray(0, signatureLength),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Colour = readonly [number, number, number];
const signatureLength = 8;
const paletteSize = 256;

function mean({ count, sum: [r, g, b] }: { count: number; sum: Colour }): Colour {
  return [Math.round(r / count), Math.round(g / count), Math.round(b / count)];
}

function nearest(palette: readonly Colour[], [r, g, b]: Colour): number {
  const distances = palette.map(([pr, pg, pb]) => (pr - r) ** 2 + (pg - g) ** 2 + (pb - b) ** 2);
  return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function readPixels(png: Buffer): { width: number; height: number; depth: number; pixels: Buffer } {
  const parts: Buffer[] = [];
  for (let at = signatureLength; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const depth = png[25] === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * depth;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < depth ? 0 : (pixels[at - depth] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0);
      const corner = x < depth || y === 0 ? 0 : (pixels[at - stride - depth] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return { width, height, depth, pixels };
}

/** PNG, section 9.4: whichever of the three neighbours is nearest to left + up − corner. */
function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
