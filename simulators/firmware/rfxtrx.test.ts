import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { rfxtrxBoard } from './rfxtrx.ts';

const powerOn = () => rfxtrxBoard.powerOn(seededRandom('rfxtrx'));
const hexOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('hex'));

test('a panic is sent three times and counted on', () => {
  expect(hexOf(powerOn().perform('press', 0x0103))).toEqual([
    '082002004201030680',
    '082002014201030680',
    '082002024201030680',
  ]);
});

test('each act is a frame as long as it says', () => {
  const firmware = powerOn();
  const frames = rfxtrxBoard.acts.map((act) => firmware.perform(act, 1)[0]?.bytes ?? new Uint8Array(0));
  expect(frames.every((frame) => frame[0] === frame.length - 1)).toBe(true);
  expect(frames.slice(0, -1).map((frame) => Buffer.from(frame).toString('hex').slice(0, 6))).toEqual([
    '082002',
    '082004',
    '082004',
    '082001',
    '082003',
    '082004',
    '082004',
  ]);
  expect(Buffer.from(frames.at(-1)!).toString('hex')).toMatch(/^0a5201150001/);
  expect(firmware.perform('fall', 1)).toEqual([]);
});

test('it is silent on a reset, tells its status, starts receiving, and confirms what it transmits', () => {
  const firmware = powerOn();
  const ask = (hex: string) => hexOf(firmware.answer(Buffer.from(hex, 'hex')));
  expect(ask(`0d${'00'.repeat(13)}`)).toEqual([]);
  expect(ask('0d00000102')).toEqual([]);
  expect(ask('00'.repeat(9))).toEqual(['1401000102532c0800270001031c04524658434f4d']);
  expect(ask(`0d00000207${'00'.repeat(9)}`)).toEqual(['1401070207436f7079726967687420524658434f4d']);
  expect(ask('0b11000900123456030100')).toEqual([]);
  expect(ask('00')).toEqual(['0402010900']);
});
