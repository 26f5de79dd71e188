import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import type { Said } from './firmware.ts';
import { rflinkBoard } from './rflink.ts';

const powerOn = () => rflinkBoard.powerOn(seededRandom('rflink'));
const textOf = (said: Said[]) => said.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

test('it says what it is when it starts, and counts its lines from there', () => {
  const firmware = powerOn();
  expect(textOf(firmware.banner())).toEqual([
    '20;00;Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R48;\r\n',
  ]);
  expect(textOf(firmware.perform('press', 3))).toEqual([
    '20;01;EV1527;ID=0a1003;SWITCH=04;CMD=ON;\r\n',
    '20;02;EV1527;ID=0a1003;SWITCH=04;CMD=ON;\r\n',
    '20;03;EV1527;ID=0a1003;SWITCH=04;CMD=ON;\r\n',
  ]);
});

test('each act is a line as the firmware prints it', () => {
  const firmware = powerOn();
  const lines = rflinkBoard.acts.map((act) => textOf(firmware.perform(act, 1))[0]?.slice('20;00;'.length));
  expect(lines).toEqual([
    'EV1527;ID=0a1001;SWITCH=04;CMD=ON;\r\n',
    'EV1527;ID=0b2001;SWITCH=0e;CMD=ON;\r\n',
    'EV1527;ID=0b2001;SWITCH=07;CMD=ON;\r\n',
    'Pir;ID=0001;PIR=ON;\r\n',
    'SmokeAlert;ID=5a0001;SMOKEALERT=ON;\r\n',
    'EV1527;ID=0b2001;SWITCH=0b;CMD=ON;\r\n',
    expect.stringMatching(/^Alecto V1;ID=0201;TEMP=[08]0[0-9a-f]{2};HUM=\d\d;BAT=LOW;\r\n$/),
    expect.stringMatching(/^Alecto V1;ID=0201;TEMP=[08]0[0-9a-f]{2};HUM=\d\d;BAT=OK;\r\n$/),
  ]);
  expect(firmware.perform('fall', 1)).toEqual([]);
});

test('it answers in pieces or at once what a host asks and orders', () => {
  const firmware = powerOn();
  const ask = (text: string) => textOf(firmware.answer(Buffer.from(text, 'latin1')));
  expect(ask('10;PI')).toEqual([]);
  expect(ask('NG;\r\n10;VERSION;\r\n')).toEqual(['20;99;PONG;\r\n', '20;00;VER=1.1;REV=48;BUILD=07;\r\n']);
  expect(ask('10;NewKaku;0cac142;3;ON;\r\n10;DANCE;\r\n')).toEqual([
    '20;01;OK;\r\n',
    '20;02;CMD UNKNOWN;\r\n',
  ]);
  expect(ask('11;20;0B;NewKaku;ID=000005;SWITCH=2;CMD=ON;\r\n')).toEqual([
    '20;03;OK;\r\n',
    '20;04;NewKaku;ID=000005;SWITCH=2;CMD=ON;\r\n',
  ]);
  expect(ask('10;REBOOT;\n')).toHaveLength(1);
});
