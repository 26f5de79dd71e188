import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { mysensorsBoard } from './mysensors.ts';

const powerOn = () => mysensorsBoard.powerOn(seededRandom('mysensors'));
const textOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

test('the gateway says when it has started', () => {
  expect(textOf(powerOn().banner()).at(-1)).toBe('0;255;3;0;14;Gateway startup complete.\n');
});

test('each act is the message of a node', () => {
  const firmware = powerOn();
  expect(mysensorsBoard.acts.map((act) => textOf(firmware.perform(act, 2))[0])).toEqual([
    '12;1;1;0;19;1\n',
    '12;2;1;0;16;1\n',
    '12;2;1;0;16;0\n',
    '12;3;1;0;16;1\n',
    '12;4;1;0;16;1\n',
    '12;255;3;0;0;4\n',
    expect.stringMatching(/^12;5;1;0;0;-?\d+\.\d\n$/),
  ]);
  expect(firmware.perform('fall', 2)).toEqual([]);
});

test('it answers its version, a node what it is, and the echo of an order that asks for it', () => {
  const firmware = powerOn();
  const ask = (text: string) => textOf(firmware.answer(Buffer.from(text, 'latin1')));
  expect(ask('0;255;3;0;')).toEqual([]);
  expect(ask('2;\n12;7;1;1;2;1\n')).toEqual(['0;255;3;0;2;2.3.2\n', '12;7;1;1;2;1\n']);
  expect(ask('12;7;1;0;2;1\n')).toEqual([]);
  expect(ask('12;255;3;0;19;\n')).toContain('12;4;0;0;2;Smoke\n');
  expect(textOf(firmware.idle?.say() ?? [])).toEqual(['10;255;3;0;22;60000\n']);
});
