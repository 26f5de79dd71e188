import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decoded, Meaning, Order } from './driver.ts';
import { rflink } from './rflink.ts';
import { pushInPieces, sortOut, storm, textBytes } from './testing/feed.ts';

const decoder = () => rflink.createDecoder({});
const hear = (text: string) => decoder().push(textBytes(`${text}\r\n`));
const signal = (address: string, name: string, kind?: Meaning['kind']): Decoded => ({
  of: 'heard',
  heard: { of: 'signal', address, signal: name, ...(kind && { meaning: { kind } }) },
});
const reading = (address: string, values: Record<string, number>): Decoded => ({
  of: 'heard',
  heard: { of: 'reading', address, reading: values },
});
const unknownCommand = {
  of: 'confirmation',
  token: 'order',
  ok: false,
  reason: 'the firmware does not know this command',
} as const;

const frames: [text: string, ...decoded: Decoded[]][] = [
  ['20;77;EV1527;ID=0f7499;SWITCH=04;CMD=ON;', signal('rf433.ev1527.f7499', 'key.4')],
  ['20;78;EV1527;ID=005DE;SWITCH=0A;CMD=ON;', signal('rf433.ev1527.005de', 'key.a')],
  ['20;18;PT2262;ID=755D4;SWITCH=01;CMD=ON;', signal('rf433.pt2262.755d4', 'switch.1.on')],
  [
    '20;63;SmokeAlert;ID=123457;SMOKEALERT=ON;',
    signal('rf433.smokealert.123457', 'smoke.on', 'smoke.detected'),
  ],
  [
    '20;64;SmokeAlert;ID=123457;SMOKEALERT=OFF;',
    signal('rf433.smokealert.123457', 'smoke.off', 'smoke.cleared'),
  ],
  ['20;12;Pir;ID=aa67;PIR=ON;', signal('rf433.pir.aa67', 'pir.on', 'motion.detected')],
  ['20;13;Pir;ID=aa67;PIR=OFF;', signal('rf433.pir.aa67', 'pir.off', 'motion.cleared')],
  ['20;AF;SelectPlus;ID=1bb5;CHIME=01;', signal('rf433.selectplus.1bb5', 'chime.1')],
  ['20;FC;Plieger York;ID=dd02;CHIME=02;', signal('rf433.plieger-york.dd02', 'chime.2')],
  [
    '20;08;SilvercrestDB;ID=04d6bb98;SWITCH=1;CMD=ON;CHIME=01;',
    signal('rf433.silvercrestdb.4d6bb98', 'chime.1'),
  ],
  ['20;06;Kaku;ID=42;SWITCH=1;CMD=ON;', signal('rf433.kaku.42', 'switch.1.on')],
  ['20;06;kaku;ID=000042;SWITCH=01;CMD=Off;', signal('rf433.kaku.42', 'switch.1.off')],
  ['20;06;NewKaku;ID=008440E7;SWITCH=a;CMD=ALLOFF;', signal('rf433.newkaku.8440e7', 'switch.a.alloff')],
  ['20;04;NewKaku;ID=000008;SWITCH=2;CMD=SET_LEVEL=14;', signal('rf433.newkaku.8', 'switch.2.set_level-14')],
  ['20;04;NewKaku;ID=000008;SWITCH=2;SET_LEVEL=14;', signal('rf433.newkaku.8', 'switch.2.set_level-14')],
  ['20;39;RTS;ID=1a602b;SWITCH=01;CMD=DOWN;', signal('rf433.rts.1a602b', 'switch.1.down')],
  ['20;39;X10;ID=41;CMD=ON;', signal('rf433.x10.41', 'cmd.on')],
  ['20;47;Blyss;ID=ff99;SWITCH=A1;CMD=ON;', signal('rf433.blyss.ff99', 'switch.a1.on')],
  [
    '20;36;Alecto V1;ID=0335;TEMP=800d;HUM=33;BAT=OK;',
    reading('rf433.alecto-v1.335', { temperature: -1.3, humidity: 33, batteryLow: 0 }),
  ],
  [
    '20;A2;Auriol V2;ID=008e;TEMP=00a3;BAT=LOW;',
    signal('rf433.auriol-v2.8e', 'battery.low', 'battery.low'),
    reading('rf433.auriol-v2.8e', { temperature: 16.3, batteryLow: 1 }),
  ],
  [
    '20;47;Cresta;ID=8002;WINDIR=0002;WINSP=0060;AWINSP=0024;WINGS=0088;WINCHL=b0;WINTMP=00c3;',
    reading('rf433.cresta.8002', {
      windSpeed: 2.67,
      windSpeedAverage: 1,
      windGust: 3.78,
      windDirection: 45,
      windChill: 17.6,
      windTemperature: 19.5,
    }),
  ],
  [
    '20;e5;Oregon BTHR;ID=5a6e;TEMP=00be;HUM=40;BARO=03d7;HSTATUS=1;BFORECAST=2;',
    reading('rf433.oregon-bthr.5a6e', {
      temperature: 19,
      humidity: 40,
      pressure: 983,
      humidityStatus: 1,
      forecast: 2,
    }),
  ],
  [
    '20;46;Oregon Rain;ID=2a1e;RAIN=008d;RAINTOT=0012;RAINRATE=0005;UV=0030;LUX=0100;',
    reading('rf433.oregon-rain.2a1e', {
      uv: 48,
      illuminance: 256,
      rain: 14.1,
      rainRate: 0.5,
      rainTotal: 1.8,
    }),
  ],
  [
    '20;50;Meter;ID=1;CO2=450;SOUND=40;KWATT=0010;WATT=00ff;CURRENT=3;CURRENT2=4;CURRENT3=5;DIST=12;METER=99;VOLT=230;',
    reading('rf433.meter.1', {
      co2: 450,
      sound: 40,
      kilowatt: 16,
      power: 255,
      current: 3,
      current2: 4,
      current3: 5,
      distance: 12,
      meter: 99,
      voltage: 230,
    }),
  ],
  ['20;99;PONG;', { of: 'firmware', says: 'alive' }],
  ['20;01;VER=1.1;REV=48;BUILD=04;', { of: 'firmware', says: 'alive', version: 'V1.1 - R48' }],
  [
    '20;00;Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R48;',
    { of: 'firmware', says: 'started', version: 'V1.1 - R48' },
  ],
  ['20;00;Internal Pullup on RF-in disabled;', { of: 'firmware', says: 'alive' }],
  ['20;02;STATUS;setRF433=ON;setNodoNRF=OFF;', { of: 'firmware', says: 'alive' }],
  ['20;02;setGPIO=ON;', { of: 'firmware', says: 'alive' }],
  ['20;D3;OK;', { of: 'confirmation', token: 'order', ok: true }],
  ['20;01;CMD UNKNOWN;', unknownCommand],
];

test.each(frames)('understands %s', (text, ...decoded) => {
  expect(hear(text)).toEqual(decoded);
});

const rejections: [text: string, reasons: Record<string, number>][] = [
  ['\x00\xff\x80 static', { noise: 1 }],
  ['10;PING;', { noise: 1 }],
  ['20;84;Debug;RTS P1;a63f33003cf0;', { 'unknown-frame': 1 }],
  ['11;20;0B;NewKaku;ID=000005;SWITCH=2;CMD=ON;', { 'unknown-frame': 1 }],
  ['20;01;MiLightv1;ID=F747;SWITCH_=00;RGBW=3c00;', { 'unknown-frame': 1 }],
  ['20;36;Alecto V1;ID=0335;HUM=101;', { 'bad-field': 1 }],
  ['20;36;Alecto V1;ID=0335;TEMP=cold;', { 'bad-field': 1 }],
  ['20;77;EV1527;ID=1f7499;SWITCH=04;CMD=ON;', { 'bad-field': 1 }],
  ['20;77;EV1527;ID=0f7499;SWITCH=14;CMD=ON;', { 'bad-field': 1 }],
  ['20;77;EV1527;ID=0f/499;SWITCH=04;CMD=ON;', { 'bad-field': 1 }],
  ['20;06;Kaku;ID=42;SWITCH=1;CMD=O', { cut: 1 }],
  ['20;06;Kaku;ID=42;SWI20;07;Pir', { cut: 1, 'unknown-frame': 1 }],
];

test.each(rejections)('counts %j by its reason', (text, reasons) => {
  const found = sortOut(hear(text));
  expect(found).toEqual({ taken: [], rejections: reasons, rejectedBytes: text.length });
});

test('a frame with one field that makes no sense is heard all the same, and the field counted', () => {
  expect(sortOut(hear('20;36;Alecto V1;ID=0335;TEMP=zz;HUM=33;'))).toMatchObject({
    taken: [reading('rf433.alecto-v1.335', { humidity: 33 })],
    rejections: { 'bad-field': 1 },
  });
});

describe('what was left of another line', () => {
  test('before a banner is thrown away', () => {
    const found = sortOut(hear('20;00;N20;00;Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R45'));
    expect(found.taken).toEqual([{ of: 'firmware', says: 'started', version: 'V1.1 - R45' }]);
    expect(found.rejections).toEqual({ cut: 1 });
  });

  test('before a press never costs the press', () => {
    const press = '20;2D;EV1527;ID=07a411;SWITCH=01;CMD=ON;';
    for (let kept = 1; kept < press.length; kept += 1) {
      const found = sortOut(hear(press.slice(0, kept) + press));
      expect(found.taken.at(-1)).toEqual(signal('rf433.ev1527.7a411', 'key.1'));
      expect(found.rejectedBytes).toBe(kept);
    }
  });
});

test('two presses between which the line end is lost are both heard', () => {
  expect(hear('20;06;Kaku;ID=42;SWITCH=1;CMD=ON;20;07;Kaku;ID=43;SWITCH=1;CMD=ON;')).toEqual([
    signal('rf433.kaku.42', 'switch.1.on'),
    signal('rf433.kaku.43', 'switch.1.on'),
  ]);
});

test('a press whose line end is lost is heard when the line goes quiet; one cut shorter is counted as cut', () => {
  const press = '20;06;Kaku;ID=42;SWITCH=1;CMD=ON;';
  for (let kept = 1; kept <= press.length; kept += 1) {
    const tap = decoder();
    expect(tap.push(textBytes(press.slice(0, kept)))).toEqual([]);
    const found = sortOut(tap.quiet());
    expect(found.taken).toEqual(kept === press.length ? [signal('rf433.kaku.42', 'switch.1.on')] : []);
    expect(found.rejectedBytes).toBe(kept === press.length ? 0 : kept);
  }
});

test('a battery that stays low is told once, and again when it was changed and is low again', () => {
  const tap = decoder();
  const told = ['LOW', 'LOW', 'OK', 'OK', 'LOW'].map((word) =>
    tap
      .push(textBytes(`20;A2;Auriol;ID=8e;TEMP=00a3;BAT=${word};\n`))
      .flatMap((item) => (item.of === 'heard' && item.heard.of === 'signal' ? item.heard.signal : [])),
  );
  expect(told).toEqual([['battery.low'], [], ['battery.ok'], [], ['battery.low']]);
});

test('a frame means the same after whatever else was heard, its own repetitions with it', () => {
  const lines = [
    'EV1527;ID=0f7499;SWITCH=04;CMD=ON;',
    'EV1527;ID=0f7499;SWITCH=04;CMD=ON',
    'Kaku;ID=42;SWITCH=1;CMD=OFF;',
    'Cresta;ID=8001;TEMP=00a3;HUM=33;',
    'Auriol;ID=8e;TEMP=zz;',
    'Kaku;ID=42;SWITCH=1;CMD=ON;20;07;EV1527;ID=0f7499;SWITCH=04;CMD=ON;',
    'PONG;',
    'OK;',
  ];
  const said = fc.record({
    line: fc.constantFrom(...lines),
    counter: fc.constantFrom('00', '1f', 'A2', 'zz'),
  });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 12 }), (all) => {
      const tap = decoder();
      for (const { line, counter } of all) {
        const bytes = textBytes(`20;${counter};${line}\r\n`);
        expect(tap.push(bytes)).toEqual(decoder().push(bytes));
      }
    }),
  );
});

test('after any noise and the end of its line, a press is heard; how the bytes come changes nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc
      .array(fc.constantFrom('20;', '0A;', 'Kaku;', 'ID=', '42;', 'CMD=ON;', '\r', '\n'), { maxLength: 20 })
      .map((parts) => textBytes(parts.join(''))),
  );
  fc.assert(
    fc.property(noise, sizes, fc.boolean(), (bytes, pieces, isQuiet) => {
      const press = textBytes('20;2D;EV1527;ID=07a411;SWITCH=01;CMD=ON;\r\n');
      const tap = decoder();
      const before = isQuiet
        ? [...tap.push(bytes), ...tap.quiet()]
        : tap.push(Buffer.concat([bytes, textBytes('\n')]));
      expect(tap.push(press)).toEqual([signal('rf433.ev1527.7a411', 'key.1')]);
      const again = decoder();
      const inPieces = isQuiet
        ? [...pushInPieces(again, bytes, pieces), ...again.quiet()]
        : pushInPieces(again, Buffer.concat([bytes, textBytes('\n')]), pieces);
      expect(inPieces).toEqual(before);
    }),
  );
});

test('a press behind a megabyte without a line end, or behind a storm of 200 KB, is heard', () => {
  for (const noise of [new Uint8Array(1_000_000).fill(0x32), storm(2, 200_000)]) {
    const tap = decoder();
    const { taken } = sortOut([...tap.push(noise), ...tap.push(textBytes('20;12;Pir;ID=aa67;PIR=ON;\r\n'))]);
    expect(taken.at(-1)).toEqual(signal('rf433.pir.aa67', 'pir.on', 'motion.detected'));
  }
});

describe('an order', () => {
  const received = { id: 'c1', command: 'reassure', data: { state: 'received', alarmId: 'a1' } } as const;
  const closed = { id: 'c2', command: 'reassure', data: { state: 'closed', alarmId: 'a1' } } as const;
  const identify = { id: 'c3', command: 'identify' } as const;
  const orders: [address: string, signal: string, command: Order['command'], text: string | undefined][] = [
    ['rf433.newkaku.cac142', 'switch.3.on', received, '10;NewKaku;0cac142;3;ON;\r\n'],
    ['rf433.newkaku.cac142', 'switch.3', closed, '10;NewKaku;0cac142;3;OFF;\r\n'],
    [
      'rf433.newkaku.cac142',
      'switch.3',
      identify,
      '10;NewKaku;0cac142;3;ON;\r\n10;NewKaku;0cac142;3;OFF;\r\n',
    ],
    ['rf433.eurodomest.123456', 'switch.1', received, '10;Eurodomest;123456;01;ON;\r\n'],
    ['rf433.ev1527.f7499', 'key.4', received, '10;EV1527;0f7499;4;ON;\r\n'],
    ['rf433.ev1527.f7499', 'key.4', closed, undefined],
    ['rf433.byron-sx.9f', 'chime.1', received, '10;Byron;00009f;01;ON;\r\n'],
    ['rf433.selectplus.1c33', '', received, '10;Selectplus;001c33;\r\n'],
    ['rf433.selectplus.1c33', '', closed, undefined],
    ['rf433.newkaku.cac142', '', received, undefined],
    ['rf433.cresta.8001', 'switch.1', received, undefined],
    ['node.1.child.2', 'switch.1', received, undefined],
  ];

  test.each(orders)('to %s %s is written as the firmware reads it', (address, name, command, text) => {
    const encoded = rflink.encode?.({ address, signal: name, command, ordinal: 1 }, {});
    expect(encoded).toEqual(text === undefined ? undefined : { bytes: textBytes(text), token: 'order' });
  });
});
