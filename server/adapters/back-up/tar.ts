/** A file's place in an archive as any `tar` reads it (POSIX ustar). */
export type TarEntry = { name: string; size: number };

const block = 512;
/** Eleven octal digits; a larger size is written in binary as GNU tar does, marked by the first bit. */
const octalLimit = 8 ** 11;

export function tarHeader({ name, size }: TarEntry, modifiedAtMs: number): Buffer {
  const header = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100) throw new Error(`a name of more than 100 octets: ${name}`);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  if (size < octalLimit) header.write(`${octal(size, 11)}\0`, 124);
  else {
    header.writeBigUInt64BE(BigInt(size), 128);
    header[124] = 0x80;
  }
  header.write(`${octal(Math.floor(modifiedAtMs / 1000), 11)}\0`, 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  header.write(`${octal(checksum(header), 6)}\0 `, 148);
  return header;
}

/** `undefined` for the block of zeros at the end. Throws at what is no header. */
export function readTarHeader(header: Buffer): TarEntry | undefined {
  if (header.every((octet) => octet === 0)) return undefined;
  const stated = Number.parseInt(header.toString('latin1', 148, 154), 8);
  if (header.toString('latin1', 257, 262) !== 'ustar' || stated !== checksum(header))
    throw new Error('this is no back-up, or it was damaged');
  const end = header.indexOf(0, 0);
  const name = header.toString('utf8', 0, Math.min(end < 0 ? 100 : end, 100));
  const isBinary = ((header[124] ?? 0) & 0x80) !== 0;
  const size = isBinary
    ? Number(header.readBigUInt64BE(128))
    : Number.parseInt(header.toString('latin1', 124, 135), 8);
  return { name, size };
}

/** What fills the last block of a file of this size. */
export const paddingAfter = (size: number): number => (block - (size % block)) % block;

export const tarEnd = Buffer.alloc(2 * block);
export const tarBlock = block;

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** The sum of all octets, those of the sum itself taken as spaces. */
function checksum(header: Buffer): number {
  return header.reduce((sum, octet, index) => sum + (index >= 148 && index < 156 ? 32 : octet), 0);
}
