import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disconnectType, guardReads, PacketScanner } from './packet-size-guard.ts';
import { disconnectPacket, packet as packetOf, pingPacket, puback, publishPacket } from './wire.ts';

const packet = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((payload) => publishPacket('t', Buffer.from(payload), 1)),
  fc.constant(pingPacket),
  fc.constant(puback(7)),
);

/** Cuts bytes at the given places. */
function cut(bytes: Buffer, places: number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  const starts = [0, ...ends];
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? bytes.length));
}

function firstFault(scanner: PacketScanner, chunks: Buffer[]): string {
  for (const chunk of chunks) {
    const result = scanner.scan(chunk);
    if (result !== 'ok') return result;
  }
  return 'ok';
}

describe('the packet scanner', () => {
  it('lets any packets within the limit pass, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(packet), fc.array(fc.nat()), (packets, places) => {
        const largest = Math.max(2, ...packets.map(({ length }) => length));
        expect(firstFault(new PacketScanner(largest), cut(Buffer.concat(packets), places))).toBe('ok');
      }),
    );
  });

  it('finds the one packet over the limit among any others, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(packet), fc.array(packet), fc.array(fc.nat()), (before, after, places) => {
        const large = packetOf(0x30, Buffer.alloc(400));
        const bytes = Buffer.concat([...before, large, ...after]);
        expect(firstFault(new PacketScanner(large.length), cut(bytes, places))).toBe('ok');
        expect(firstFault(new PacketScanner(large.length - 1), cut(bytes, places))).toBe('packet-too-large');
      }),
    );
  });

  it('refuses by the fixed header alone, before any of the body has come', () => {
    expect(new PacketScanner(1024).scan(Buffer.from([0x30, 0x80, 0x80, 0x01]))).toBe('packet-too-large');
  });

  it.each([
    { bytes: [0x30, 0xff, 0xff, 0xff, 0xff], result: 'malformed-length' },
    { bytes: [0x30, 0xff, 0xff, 0xff, 0x7f], result: 'packet-too-large' },
    { bytes: [0xc0, 0x00, 0xe0, 0x00], result: 'ok' },
    { bytes: [0x20, 0x02, 0x00, 0x00], result: 'protocol-error' },
    { bytes: [], result: 'ok' },
  ])('judges $bytes as $result', ({ bytes, result }) => {
    expect(new PacketScanner(1024).scan(Buffer.from(bytes))).toBe(result);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (chunks) => {
        firstFault(
          new PacketScanner(1024),
          chunks.map((chunk) => Buffer.from(chunk)),
        );
      }),
    );
  });

  it('knows that the last packet was DISCONNECT', () => {
    const scanner = new PacketScanner(1024);
    scanner.scan(Buffer.concat([pingPacket, disconnectPacket]));
    expect(scanner.lastType).toBe(disconnectType);
  });
});

describe('the guard of a stream', () => {
  it('holds a reader back and gives everything later', () => {
    const stream = new PassThrough();
    let mayRead = false;
    guardReads(
      stream,
      () => mayRead,
      () => true,
    );
    stream.write('abc');
    expect(stream.read()).toBeNull();
    mayRead = true;
    expect(String(stream.read())).toBe('abc');
  });
});
