import { between } from '../random.ts';
import { atOnce } from './firmware.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

// Written from node-rfxcom, lib/rfxcom.js. The first byte is the number of bytes that follow.
const commandLength = 14;
const transceiver433 = 0x53;
/** High nibble: signal strength; low nibble: battery, 9 full. */
const strongAndFull = 0x89;
const strongAndEmpty = 0x80;

/** Subtypes of security1. */
const x10Motion = 0x01;
const x10Remote = 0x02;
const kd101Smoke = 0x03;
const visonicContact = 0x04;

export const rfxtrxBoard: Board = {
  driver: 'rfxtrx',
  about: { 'zh-CN': 'RFXtrx433 收发器', en: 'RFXtrx433, a transceiver' },
  line: { baudRate: 38_400 },
  acts: ['press', 'door-open', 'door-close', 'motion', 'smoke', 'tamper', 'battery-low', 'reading'],
  powerOn(random): Firmware {
    let sequence = 0;
    let heard: Uint8Array = new Uint8Array(0);

    const say = (type: number, subtype: number, data: number[], pauseMs = 0): Said => {
      const bytes = Uint8Array.of(data.length + 3, type, subtype, sequence & 0xff, ...data);
      sequence += 1;
      return { bytes, pauseMs };
    };
    /** Security transmitters repeat their telegram; the sequence number counts on. */
    const security = (subtype: number, sender: number, state: number, last = strongAndFull) => {
      const data = [0x40 + subtype, sender >> 8, sender & 0xff, state, last];
      return [0, 110, 110].map((pauseMs) => say(0x20, subtype, data, pauseMs));
    };

    function perform(act: Act, sender: number): Said[] {
      switch (act) {
        case 'press':
          return security(x10Remote, sender, 0x06, strongAndEmpty);
        case 'door-open':
          return security(visonicContact, sender, 0x02);
        case 'door-close':
          return security(visonicContact, sender, 0x00);
        case 'motion':
          return security(x10Motion, sender, 0x04);
        case 'smoke':
          return security(kd101Smoke, sender, 0x06);
        case 'tamper':
          return security(visonicContact, sender, 0x80);
        case 'battery-low':
          return security(visonicContact, sender, 0x00, strongAndEmpty);
        case 'reading':
          return [climate(sender)];
        default:
          return [];
      }
    }

    function climate(sender: number): Said {
      const celsius = between(random, -5, 25);
      const tenths = Math.round(Math.abs(celsius) * 10);
      const sign = celsius < 0 ? 0x80 : 0x00;
      const humidity = Math.round(between(random, 30, 70));
      const data = [
        sender >> 8,
        sender & 0xff,
        sign | (tenths >> 8),
        tenths & 0xff,
        humidity,
        0x01,
        strongAndFull,
      ];
      return say(0x52, 0x01, data);
    }

    /** Commands of the interface have 14 bytes; others, which transmit, are answered as sent. */
    function answer(bytes: Uint8Array): Said[] {
      heard = Buffer.concat([heard, bytes]);
      const said: Said[] = [];
      for (;;) {
        const [length] = heard;
        if (length !== undefined && length < 4) {
          heard = heard.subarray(1);
          continue;
        }
        if (length === undefined || heard.length < length + 1) return said;
        said.push(...answerTo(heard.subarray(0, length + 1)));
        heard = heard.subarray(length + 1);
      }
    }

    return { banner: () => [], perform, answer };
  },
};

function answerTo(frame: Uint8Array): Said[] {
  const [, type, , number = 0, command = 0] = frame;
  if (type !== 0x00 || frame.length !== commandLength)
    return [atOnce(Uint8Array.of(4, 0x02, 0x01, number, 0x00))];
  const about = (subtype: number, data: number[]) =>
    atOnce(Uint8Array.of(20, 0x01, subtype, number, command, ...data));
  // A reset is not answered.
  if (command === 0x00) return [];
  if (command === 0x07) return [about(0x07, [...Buffer.from('Copyright RFXCOM', 'latin1')])];
  return [
    about(0x00, [
      transceiver433,
      0x2c,
      0x08,
      0x00,
      0x27,
      0x00,
      0x01,
      0x03,
      0x1c,
      0x04,
      0x52,
      0x46,
      0x58,
      0x43,
      0x4f,
      0x4d,
    ]),
  ];
}
