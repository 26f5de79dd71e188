import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { deviceReadingSchema } from '@carebell/contracts/messages.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decoded, FramedDriver } from './driver.ts';
import { mysensors } from './mysensors.ts';
import { rflink } from './rflink.ts';
import { rfxtrx } from './rfxtrx.ts';
import { sonoffRf } from './sonoff-rf.ts';
import { bytesOf, textBytes } from './testing/feed.ts';

const name = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,47}$/;

const wires: [name: string, driver: FramedDriver, frames: Uint8Array[]][] = [
  [
    rflink.name,
    rflink,
    [
      '20;77;EV1527;ID=0f7499;SWITCH=04;CMD=ON;',
      '20;36;Alecto V1;ID=0335;TEMP=800d;HUM=33;BAT=LOW;',
      '20;04;NewKaku;ID=000008;SWITCH=2;CMD=SET_LEVEL=14;',
      '20;47;Cresta;ID=8002;WINDIR=0002;WINSP=0060;WINGS=0088;WINCHL=b0;',
      '20;00;Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R48;',
    ].map((text) => textBytes(`${text}\r\n`)),
  ],
  [
    sonoffRf.name,
    sonoffRf,
    [
      'AA A4 28 0A 01 5E 04 10 F7 49 94 55',
      'AA A6 04 00 F7 49 94 55',
      'AA B1 03 01 5E 04 10 28 0A 28 19 55',
    ].map(bytesOf),
  ],
  [
    rfxtrx.name,
    rfxtrx,
    [
      '08 20 02 07 12 00 35 06 80',
      '0A 52 01 04 AE 01 00 90 36 02 59',
      '0B 11 00 00 FE 12 34 56 03 01 0F 70',
    ].map(bytesOf),
  ],
  [
    mysensors.name,
    mysensors,
    [
      '12;1;0;0;2;',
      '12;1;1;0;16;1',
      '12;3;1;0;0;-1.5',
      '12;255;3;0;0;7',
      '12;255;3;0;22;1',
      '12;1;1;1;2;1',
    ].map((text) => textBytes(`${text}\n`)),
  ],
];

test.each(wires)(
  'whatever a damaged wire makes of frames, what is heard fits the contract: %s',
  (_name, driver, frames) => {
    const damage = fc.record({
      frame: fc.constantFrom(...frames),
      flips: fc.array(fc.record({ at: fc.nat(80), byte: fc.nat(255) }), { maxLength: 3 }),
      cutAt: fc.option(fc.nat(80), { nil: undefined, freq: 4 }),
      isQuiet: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 10 }), (damages) => {
        const tap = driver.createDecoder({});
        for (const { frame, flips, cutAt, isQuiet } of damages) {
          const bytes = Uint8Array.from(frame);
          for (const { at, byte } of flips) bytes[at % bytes.length] = byte;
          for (const item of tap.push(bytes.subarray(0, cutAt))) expectToFit(item);
          if (isQuiet) for (const item of tap.quiet()) expectToFit(item);
        }
      }),
      { numRuns: 500 },
    );
  },
);

function expectToFit(item: Decoded): void {
  if (item.of === 'rejected') {
    expect(item.length).toBeGreaterThan(0);
    expect(item.bytes.length).toBe(Math.min(item.length, 64));
  }
  if (item.of !== 'heard') return;
  expect(item.heard.address).toMatch(name);
  if (item.heard.of === 'reading')
    expect(deviceReadingSchema.safeParse(item.heard.reading).success).toBe(true);
  if (item.heard.of !== 'signal') return;
  expect(item.heard.signal).toMatch(name);
  if (item.heard.meaning !== undefined) expect(isEventKind(item.heard.meaning.kind)).toBe(true);
}
