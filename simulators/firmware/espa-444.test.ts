import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { espa444Board } from './espa-444.ts';
import type { Said } from './firmware.ts';

const powerOn = () => espa444Board.powerOn(seededRandom('espa'));
const hexOf = (said: Said[] | undefined) => said?.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const room101 = '013102311f3535301e321f43414c4c20524f4f4d203130311e331f321e341f331e351f311e361f330337';

test('it polls the paging system, and selects it when there is a call', () => {
  const system = powerOn();
  expect(hexOf(system.idle?.say())).toEqual(['043205']);
  expect(system.answer(bytes('04'))).toEqual([]);
  expect(hexOf(system.perform('press', 0))).toEqual(['0431053205']);
  expect(hexOf(system.answer(bytes('06')))).toEqual([room101]);
  expect(hexOf(system.answer(bytes('3115')))).toEqual([room101]);
  expect(hexOf(system.answer(bytes('06')))).toEqual(['04']);
});

test('a call that nobody takes is offered again', () => {
  const system = powerOn();
  system.perform('press', 0);
  expect(system.idle?.say()).toEqual([]);
  expect(system.idle?.say()).toEqual([]);
  expect(hexOf(system.idle?.say())).toEqual(['0431053205']);
});

test('a text for a display is taken when it comes whole', () => {
  const system = powerOn();
  system.idle?.say();
  expect(hexOf(system.answer(bytes('3105')))).toEqual(['06']);
  expect(hexOf(system.answer(bytes(`${room101.slice(0, -2)}00`)))).toEqual(['3115']);
  expect(hexOf(system.answer(bytes(room101)))).toEqual(['06']);
});
