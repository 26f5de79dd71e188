import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { mr60fda1Board } from './mr60fda1.ts';

const powerOn = () => mr60fda1Board.powerOn(seededRandom('radar'));
const hexOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const fall = '53598301000101325443';
const noFall = '53598301000100315443';

test('a fall is told once, and whoever falls again has got up before', () => {
  const radar = powerOn();
  expect(hexOf(radar.perform('fall', 0))).toEqual([fall]);
  expect(hexOf(radar.perform('fall', 0))).toEqual([noFall, fall]);
  expect(hexOf(radar.perform('motion', 0))).toEqual(['535980010001012f5443', '53598002000102315443']);
  expect(radar.perform('press', 0)).toEqual([]);
});

test('questions are answered, in whatever pieces they come', () => {
  const radar = powerOn();
  expect(radar.answer(bytes('00ff535902a400'))).toEqual([]);
  expect(hexOf(radar.answer(bytes('010f625443')))).toEqual([]);
  expect(hexOf(radar.answer(bytes('535902a400010f625443')))[0]).toContain(
    Buffer.from('G60FD1SYv010114').toString('hex'),
  );
  expect(hexOf(radar.answer(bytes('5359838100010fc05443')))).toEqual(['53598381000100b15443']);
  radar.perform('fall', 0);
  expect(hexOf(radar.answer(bytes('5359838100010fc05443')))).toEqual(['53598381000101b25443']);
});

test('it tells the body sign each second and a heartbeat each minute', () => {
  const radar = powerOn();
  const minute = Array.from({ length: 60 }, () => hexOf(radar.idle?.say() ?? [])).flat();
  expect(minute).toHaveLength(61);
  expect(minute.at(-1)).toBe('5359010100010fbe5443');
});
