import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { sonoffRfBoard } from './sonoff-rf.ts';

const powerOn = () => sonoffRfBoard.powerOn(seededRandom('sonoff'));
const hexOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('hex'));

test('a press is the same code four times; every transmitter and act has a code of its own', () => {
  const firmware = powerOn();
  const press = hexOf(firmware.perform('press', 3));
  expect(press).toEqual(Array.from({ length: 4 }, () => 'aaa42968015403fca1003455'));
  const codes = [0, 1].flatMap((sender) =>
    sonoffRfBoard.acts.map((act) => hexOf(firmware.perform(act, sender))[0]),
  );
  expect(new Set(codes).size).toBe(2 * sonoffRfBoard.acts.length);
  expect(firmware.perform('smoke', 1)).toEqual([]);
});

test('it carries out what the host sends, in whatever pieces, and takes an acknowledgement in silence', () => {
  const firmware = powerOn();
  const ask = (hex: string) => hexOf(firmware.answer(Buffer.from(hex, 'hex')));
  expect(ask('aaa055')).toEqual([]);
  expect(ask('00aaa52a62015e041af7')).toEqual([]);
  expect(ask('499455aaff55')).toEqual(['aaa055', 'aa0355']);
  expect(ask('aaa52a62015e041af7499400aaa155')).toEqual(['aaa055']);
});
