import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { modbusRtuBoard } from './modbus-rtu.ts';

const powerOn = () => modbusRtuBoard.powerOn(seededRandom('bus'));
const hexOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const readInputs = '01020000000879cc';

test('a point that is pressed is on for some questions, and off again', () => {
  const bus = powerOn();
  expect(hexOf(bus.answer(bytes(readInputs)))).toEqual(['01020100a188']);
  expect(bus.perform('press', 2)).toEqual([]);
  for (let read = 0; read < 5; read += 1) {
    expect(hexOf(bus.answer(bytes(readInputs)))).toEqual(['01020104a04b']);
  }
  expect(hexOf(bus.answer(bytes(readInputs)))).toEqual(['01020100a188']);
});

test('a coil is written and read, and what it cannot do is an exception', () => {
  const bus = powerOn();
  expect(hexOf(bus.answer(bytes('01050007ff003dfb')))).toEqual(['01050007ff003dfb']);
  expect(hexOf(bus.answer(bytes('0101000000083dcc')))).toEqual(['010101805028']);
  expect(hexOf(bus.answer(bytes('01060001000119ca')))).toEqual(['01860183a0']);
});

test('another unit, noise and a wrong checksum are passed over', () => {
  const bus = powerOn();
  expect(bus.answer(bytes('090200000008788a'))).toEqual([]);
  expect(bus.answer(bytes('01020000000879cd'))).toEqual([]);
  expect(hexOf(bus.answer(bytes(`ff00${readInputs}`)))).toEqual(['01020100a188']);
});
