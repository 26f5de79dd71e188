import type { Duplex } from 'node:stream';

/** The MQTT control packet type of DISCONNECT [MQTT 3.1.1, table 2.1]. */
export const disconnectType = 14;

/** Types that only a server sends: CONNACK, SUBACK, UNSUBACK, PINGRESP. Aedes would close without a word. */
const serverTypes: ReadonlySet<number> = new Set([2, 9, 11, 13]);

export type ScanResult = 'ok' | 'packet-too-large' | 'malformed-length' | 'protocol-error';

/** Follows the fixed headers in a stream of MQTT packets, however it is cut into chunks, and buffers nothing. */
export class PacketScanner {
  readonly #largestBytes: number;
  #bodyBytesLeft = 0;
  #isInLength = false;
  #length = 0;
  #lengthDigits = 0;
  /** Type of the packet that began last; 0 before the first. */
  lastType = 0;

  constructor(largestBytes: number) {
    this.#largestBytes = largestBytes;
  }

  scan(chunk: Uint8Array): ScanResult {
    let position = 0;
    while (position < chunk.length) {
      if (this.#bodyBytesLeft > 0) {
        const step = Math.min(this.#bodyBytesLeft, chunk.length - position);
        this.#bodyBytesLeft -= step;
        position += step;
        continue;
      }
      const byte = chunk[position++] ?? 0;
      if (!this.#isInLength) {
        this.lastType = byte >> 4;
        if (serverTypes.has(this.lastType)) return 'protocol-error';
        this.#isInLength = true;
        this.#length = 0;
        this.#lengthDigits = 0;
        continue;
      }
      this.#length += (byte & 0x7f) * 128 ** this.#lengthDigits;
      this.#lengthDigits++;
      if ((byte & 0x80) !== 0) {
        // The remaining length has at most four bytes [MQTT 3.1.1, 2.2.3].
        if (this.#lengthDigits === 4) return 'malformed-length';
        continue;
      }
      this.#isInLength = false;
      this.#bodyBytesLeft = this.#length;
      if (1 + this.#lengthDigits + this.#length > this.#largestBytes) return 'packet-too-large';
    }
    return 'ok';
  }
}

/**
 * Stands between a stream and its only reader, Aedes, which pulls whole chunks by `read(null)`. `mayRead` holds the
 * reader back; `saw` is told of every chunk and says whether the reader may have it.
 */
export function guardReads(stream: Duplex, mayRead: () => boolean, saw: (chunk: Buffer) => boolean): void {
  const read = stream.read.bind(stream);
  stream.read = (size?: number): unknown => {
    // Node.js itself calls read(0) to keep the source flowing: that returns nothing and must not be held back.
    if (size === 0) return read(0);
    if (!mayRead()) return null;
    const chunk = read(size) as Buffer | null;
    return chunk !== null && saw(chunk) ? chunk : null;
  };
}
