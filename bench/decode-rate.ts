import { drivers } from '@carebell/gateway-firmware-bridge/compose.ts';

export type DecodeRate = { driver: string; framesPerSecond: number };

const text = (line: string): Buffer => Buffer.from(`${line}\r\n`, 'latin1');
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** One whole frame of each protocol that is heard as something. A bus that is polled is as fast as its line. */
const frames: Readonly<Record<string, Buffer>> = {
  rflink: text('20;77;EV1527;ID=0f7499;SWITCH=04;CMD=ON;'),
  'sonoff-rf': bytes('AA A4 28 28 01 54 03 F2 80 65 0A 55'),
  rfxtrx: bytes('08 20 02 00 12 00 34 06 00'),
  mysensors: text('12;3;1;0;16;1'),
  mr60fda1: bytes('53 59 83 01 00 01 01 32 54 43'),
  'lora-at': text('+RCV=50,5,HELLO,-99,40'),
};
const framesPerChunk = 20;

/** Whole frames a second that each driver makes something of, in chunks as a busy line brings them. */
export function measureDecoding(seconds: number): DecodeRate[] {
  return drivers.flatMap((driver) => {
    const frame = frames[driver.name];
    if (driver.mode !== 'framed' || frame === undefined) return [];
    const decoder = driver.createDecoder({});
    const chunk = Buffer.concat(Array.from({ length: framesPerChunk }, () => frame));
    let decoded = 0;
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < seconds * 1000) {
      decoded += decoder.push(chunk).filter(({ of }) => of === 'heard').length;
    }
    return [{ driver: driver.name, framesPerSecond: (decoded * 1000) / (performance.now() - startedAtMs) }];
  });
}
