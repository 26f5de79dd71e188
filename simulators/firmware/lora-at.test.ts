import { expect, test } from 'vitest';
import { countingEventIds } from '../event-ids.ts';
import { seededRandom } from '../random.ts';
import type { Board, Said } from './firmware.ts';
import { rakBoard, rylrBoard } from './lora-at.ts';

const powerOn = (board: Board) => board.powerOn(seededRandom('lora'), countingEventIds('a'));
const linesOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString());
const order = '{"id":"c-1","command":"identify"}';

test('a RYLR tells the sender, the length and the data, twice with the same identifier', () => {
  const lines = linesOf(powerOn(rylrBoard).perform('press', 2));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const [, length, json = ''] = /^\+RCV=52,(\d+),(\{.*\}),-\d+,\d+\r\n$/.exec(line) ?? [];
    expect(json).toHaveLength(Number(length));
    expect(JSON.parse(json)).toMatchObject({ id: 'a-1', kind: 'button.pressed', data: { key: 'help' } });
  }
});

test('a RYLR sends what it is told, and the device answers for itself', () => {
  const module = powerOn(rylrBoard);
  expect(linesOf(module.answer(Buffer.from('AT+VER?\r\nAT\r\nAT+X\r\n')))).toEqual([
    '+VER=RYLR998_REYAX_V1.2.2\r\n',
    '+OK\r\n',
    '+ERR=4\r\n',
  ]);
  const answers = linesOf(module.answer(Buffer.from(`AT+SEND=50,${order.length},${order}\r\n`)));
  expect(answers[0]).toBe('+OK\r\n');
  expect(answers[1]).toContain('+RCV=50,22,{"id":"c-1","ok":true},');
  expect(linesOf(module.answer(Buffer.from('AT+SEND=50,3,toolong\r\n')))).toEqual(['+ERR=5\r\n']);
});

test('a RAK tells the data in hex and takes it in hex', () => {
  const module = powerOn(rakBoard);
  const [line = ''] = linesOf(module.perform('fall', 1));
  const hex = /^\+EVT:RXP2P:-\d+:-?\d+:([0-9A-F]+)\r\n$/.exec(line)?.[1] ?? '';
  expect(JSON.parse(Buffer.from(hex, 'hex').toString())).toMatchObject({
    kind: 'fall.detected',
    device: 'd1',
  });
  const answers = linesOf(module.answer(Buffer.from(`AT+PSEND=${Buffer.from(order).toString('hex')}\r\n`)));
  expect(answers.slice(0, 2)).toEqual(['OK\r\n', '+EVT:TXP2P DONE\r\n']);
});
