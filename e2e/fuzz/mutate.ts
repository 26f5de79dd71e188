export type Random = () => number;

/** Lengths, counts and signs at which arithmetic goes wrong. */
const oddBytes = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x22, 0x5c, 0x7b] as const;
const longestCopies = 64;

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const at = (bytes: Buffer, random: Random): number => Math.floor(random() * (bytes.length + 1));

const mutations: readonly Mutation[] = [
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << Math.floor(random() * 8))),
  (bytes, random) => changed(bytes, random, () => Math.floor(random() * 256)),
  (bytes, random) => changed(bytes, random, () => oddBytes[Math.floor(random() * oddBytes.length)] ?? 0),
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
  (bytes, random) => bytes.subarray(at(bytes, random)),
  (bytes, random) => without(bytes, at(bytes, random), Math.ceil(random() * 8)),
  (bytes, random) => {
    const inserted = Buffer.from(Array.from({ length: Math.ceil(random() * 8) }, () => random() * 256));
    return inserting(bytes, at(bytes, random), inserted);
  },
  (bytes, random) => {
    const from = at(bytes, random);
    const part = bytes.subarray(from, from + Math.ceil(random() * 8));
    const copies = Array.from({ length: Math.ceil(random() * longestCopies) }, () => part);
    return inserting(bytes, from, Buffer.concat(copies));
  },
  (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, at(bytes, random)), other.subarray(at(other, random))]),
];

/** One of the samples with one to four things wrong in it; one in sixteen is as it was. */
export function mutated(samples: readonly Buffer[], random: Random): Buffer {
  const pick = (): Buffer => samples[Math.floor(random() * samples.length)] ?? Buffer.alloc(0);
  // A copy: a mutation that changes bytes in place never reaches the sample.
  let bytes: Buffer = Buffer.from(pick());
  const times = random() < 1 / 16 ? 0 : Math.ceil(random() * 4);
  for (let count = 0; count < times; count += 1) {
    const mutation = mutations[Math.floor(random() * mutations.length)];
    bytes = mutation?.(bytes, random, pick()) ?? bytes;
  }
  return bytes;
}

function changed(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const result = Buffer.from(bytes);
  const index = Math.floor(random() * bytes.length);
  result[index] = change(result[index] ?? 0) & 0xff;
  return result;
}

function without(bytes: Buffer, from: number, count: number): Buffer {
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + count)]);
}

function inserting(bytes: Buffer, index: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, index), inserted, bytes.subarray(index)]);
}

const words = ['', '0', '-1', 'null', '__proto__', 'constructor', '%00', '../..', '王秀英', '🚨', `a'b"c<d>`];

/** Any JSON value, not deep. */
export function anyJson(random: Random, depth = 3): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 6));
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return Math.floor(random() * 2_000) - 1_000;
  if (kind === 3) return [1e308, -0.5, 2 ** 53, 1e-9, -(2 ** 31)][Math.floor(random() * 5)];
  if (kind === 4) return words[Math.floor(random() * words.length)];
  if (kind === 5) return 'x'.repeat(Math.floor(random() ** 4 * 5_000));
  const items = Array.from({ length: Math.floor(random() * 5) }, () => anyJson(random, depth - 1));
  if (kind === 6) return items;
  return Object.fromEntries(items.map((item) => [words[Math.floor(random() * words.length)] ?? 'key', item]));
}
