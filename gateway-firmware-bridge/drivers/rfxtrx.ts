import { z } from 'zod';
import { createBatteryWatch } from './battery-watch.ts';
import { createFrameSplitter, type Found } from './binary-frames.ts';
import type { Decoded, Decoder, FramedDriver, Meaning } from './driver.ts';
import { ev1527Signal } from './ev1527.ts';
import { rejected } from './rejection.ts';

// Layouts: node-rfxcom, lib/rfxcom.js. A frame is the number of bytes that follow, type, subtype, sequence number, data;
// it has neither a start byte nor a checksum.
const shortest = 4;
const longest = 36;

/** The lengths (first byte) that the types known here have. */
const lengths: ReadonlyMap<number, readonly number[]> = new Map([
  [0x01, [0x0d, 0x14]],
  [0x02, [0x04]],
  [0x10, [0x07]],
  [0x11, [0x0b]],
  [0x13, [0x09]],
  [0x14, [0x0a]],
  [0x16, [0x07, 0x08]],
  [0x20, [0x08]],
  [0x50, [0x08]],
  [0x51, [0x08]],
  [0x52, [0x0a]],
]);

/** Interface control: 0D 00 00 sequence command and nine bytes of settings. */
const control = (sequence: number, command: number) =>
  Uint8Array.of(0x0d, 0x00, 0x00, sequence, command, 0, 0, 0, 0, 0, 0, 0, 0, 0);
const getStatus = control(1, 0x02);
const startReceiver = control(2, 0x07);

const optionsSchema = z.strictObject({});

export const rfxtrx: FramedDriver = {
  name: 'rfxtrx',
  about: 'RFXCOM RFXtrx433 (E, XL): X10 and Visonic security, KD101 smoke, PT2262, chimes, switches, climate',
  mode: 'framed',
  line: { baudRate: 38_400 },
  addressScope: 'world',
  // Two answers to the keep-alive are missing.
  silenceLimitMs: 30_000,
  // The longest frame takes 10 ms. Only a quiet line tells for certain where the next frame begins.
  frameGapMs: 50,
  // Nothing is written at opening: what is written within 5 s of power puts it into its boot loader (node-rfxcom, open),
  // and a reset would make deaf, until it is told to start, a receiver that only the bridge has left for a moment.
  keepAlive: { bytes: getStatus, everyMs: 10_000 },
  createDecoder(options) {
    optionsSchema.parse(options);
    return createDecoder();
  },
};

function createDecoder(): Decoder {
  const batteryNews = createBatteryWatch();
  const frames = createFrameSplitter(frameAt);
  const decode = (found: ReturnType<typeof frames.push>): Decoded[] =>
    found.flatMap((item) => {
      if (item.of === 'rejected') return item;
      const meaning = meaningOf(item.bytes);
      return typeof meaning === 'string' ? rejected(meaning, item.bytes) : withBattery(meaning);
    });

  function withBattery({ said, sender, isBatteryLow }: Said): Decoded[] {
    const news = isBatteryLow === undefined ? undefined : batteryNews(sender, isBatteryLow);
    return news === undefined ? said : [...said, signal(sender, news, { kind: news })];
  }

  return { push: (bytes) => decode(frames.push(bytes)), quiet: () => decode(frames.quiet()) };
}

/** In step each length is believed. Among noise only a frame is taken of which each byte makes sense. */
function frameAt(bytes: Uint8Array, isInStep: boolean): Found {
  const [size = 0, type] = bytes;
  if (size < shortest || size > longest) return { is: 'noise' };
  if (type === undefined) return { is: 'more' };
  const known = lengths.get(type);
  const isKnown = known?.includes(size) ?? false;
  if (!isKnown && !isInStep) return { is: 'noise' };
  if (!isKnown && known !== undefined) return { is: 'bad', reason: 'length', length: size + 1 };
  if (bytes.length < size + 1) return { is: 'more' };
  const meaning = meaningOf(bytes.slice(0, size + 1));
  const makesSense = typeof meaning !== 'string' && meaning.isDoubtful !== true;
  return makesSense || isInStep ? { is: 'frame', length: size + 1, isSure: makesSense } : { is: 'noise' };
}

/** `isDoubtful`: has words that are not known here; no reason to lose a press, but one not to seek it among noise. */
type Said = { said: Decoded[]; sender: string; isBatteryLow?: boolean; isDoubtful?: boolean };
type Refused = 'unknown-frame' | 'bad-field';

function meaningOf(frame: Uint8Array): Said | Refused {
  const [, type = 0, subtype = 0, , ...data] = frame;
  switch (type) {
    case 0x01:
      return { said: status(frame), sender: '' };
    case 0x02:
      return { said: [{ of: 'firmware', says: 'alive' }], sender: '' };
    case 0x10:
      return lighting1(subtype, data);
    case 0x11:
      return lighting2(subtype, data);
    case 0x13:
      return lighting4(data);
    case 0x14:
      return lighting5(subtype, data);
    case 0x16:
      return chime(subtype, data);
    case 0x20:
      return security1(subtype, data);
    case 0x50:
    case 0x51:
    case 0x52:
      return climate(type, subtype, data);
    default:
      return 'unknown-frame';
  }
}

const alive: Decoded = { of: 'firmware', says: 'alive' };

/** Firmware whose status has 20 bytes receives nothing until it is told to start (node-rfxcom, startReceiverRequired). */
function status(frame: Uint8Array): Decoded[] {
  const [size, , subtype, , command, receiver = 0, version = 0] = frame;
  if (subtype !== 0x00 || command !== 0x02) return [alive];
  const isNew = size === 0x14;
  const told: Decoded = {
    of: 'firmware',
    says: 'alive',
    version: `type ${receiver.toString(16)}, firmware ${isNew ? version + 1000 : version}`,
  };
  return isNew ? [told, { of: 'reply', bytes: startReceiver }] : [told];
}

const switchWords = ['off', 'on', 'dim', 'bright', undefined, 'alloff', 'allon', 'chime'];

function lighting1(subtype: number, [house = 0, unit = 0, command = 0]: number[]): Said | Refused {
  const word = switchWords[command];
  const letter = String.fromCharCode(house).toLowerCase();
  if (!/^[a-p]$/.test(letter) || unit > 16 || word === undefined) return 'bad-field';
  return pressed(`rfx.lighting1.${subtype}.${letter}`, `switch.${unit}.${word}`);
}

const lighting2Words = ['off', 'on', 'level', 'alloff', 'allon', 'alllevel'];

function lighting2(subtype: number, data: number[]): Said | Refused {
  const [first = 0, second = 0, third = 0, fourth = 0, unit = 0, command = 0] = data;
  const word = lighting2Words[command];
  if (word === undefined || unit > 16) return 'bad-field';
  // The identifier has 26 bits.
  const id = hexOf([first & 0x03, second, third, fourth]);
  return pressed(`rfx.lighting2.${subtype}.${id}`, `switch.${unit}.${word}`);
}

/** PT2262 and all that modulates like it, EV1527 before all: the bare 24 bits. */
function lighting4([first = 0, second = 0, third = 0]: number[]): Said {
  const identifier = (first << 12) | (second << 4) | (third >> 4);
  return { said: [ev1527Signal(identifier, third & 0x0f)], sender: '' };
}

function lighting5(subtype: number, [first, second, third, unit = 0, command = 0]: number[]): Said | Refused {
  if (command > 0x1f) return 'bad-field';
  const word = ['off', 'on', 'alloff'][command] ?? `mode${command}`;
  return pressed(`rfx.lighting5.${subtype}.${hexOf([first, second, third])}`, `switch.${unit}.${word}`);
}

/** Subtype 0, Byron SX, says which sound; the others say that the button was pressed. A bell is a call button by the map. */
function chime(subtype: number, [first, second, third = 0]: number[]): Said | Refused {
  if (subtype > 0x0f) return 'bad-field';
  if (subtype === 0) return pressed(`rfx.chime.0.${hexOf([second])}`, `chime.${third.toString(16)}`);
  return pressed(`rfx.chime.${subtype}.${hexOf([first, second, third])}`, 'chime');
}

type Happening = [signal: string, kind?: Meaning['kind'], data?: Record<string, unknown>];

// Subtypes and states: openHAB, RFXComSecurity1Message.java.
const x10Motion = 1;
const x10Remote = 2;
const smokeSubtypes = new Set([3, 9, 10]);
const contactSubtypes = new Set([4, 7]);
const motionSubtypes = new Set([x10Motion, 5]);
const lastSubtype = 10;
const otherStates: ReadonlyMap<number, Happening> = new Map([
  [4, ['motion.on', 'motion.detected']],
  [5, ['motion.off', 'motion.cleared']],
  [8, ['ir']],
  [9, ['arm-away']],
  [10, ['arm-away-delayed']],
  [11, ['arm-home']],
  [12, ['arm-home-delayed']],
  [13, ['disarm']],
  [16, ['light1.off']],
  [17, ['light1.on']],
  [18, ['light2.off']],
  [19, ['light2.on']],
  [20, ['dark']],
  [21, ['light']],
  [22, ['battery.low', 'battery.low']],
  [23, ['pair']],
]);

function security1(subtype: number, [first, second, third, state = 0, last = 0]: number[]): Said | Refused {
  const happening = happeningOf(subtype, state & 0x7f);
  const isDoubtful = subtype > lastSubtype || happening === undefined;
  const battery = last & 0x0f;
  const sender = `rfx.security1.${hexOf([first, second, third])}`;
  const said = [signalOf(sender, happening ?? [`state.${state & 0x7f}`])];
  if ((state & 0x80) !== 0) said.push(signal(sender, 'tamper.on', { kind: 'tamper.opened' }));
  // A remote control has no word for its battery, and 0 is what stands there then.
  if (battery > 9 || (subtype === x10Remote && battery === 0)) {
    return { said: [...said, reading(sender, { rssi: rssiOf(last) })], sender, isDoubtful };
  }
  said.push(reading(sender, { battery: batteryOf(last), rssi: rssiOf(last) }));
  return { said, sender, isBatteryLow: battery === 0, isDoubtful };
}

/** 00 normal, 01 normal delayed, 02 alarm, 03 alarm delayed, 06 panic, 07 end of panic: what of depends on the device. */
function happeningOf(subtype: number, state: number): Happening | undefined {
  if (state === 6 || state === 7) {
    // Smoke detectors (KD101, SA30, RM174RF) call their alarm panic.
    if (smokeSubtypes.has(subtype)) return smoke(state === 6);
    return state === 6
      ? ['panic.on', 'button.pressed', { key: 'help' }]
      : ['panic.off', 'button.cancelled', { key: 'help' }];
  }
  if (state > 3) return otherStates.get(state);
  const isAlarm = state >= 2;
  const name = isAlarm ? 'alarm.on' : 'alarm.off';
  if (smokeSubtypes.has(subtype)) return smoke(isAlarm);
  if (contactSubtypes.has(subtype)) return [name, isAlarm ? 'door.opened' : 'door.closed'];
  if (motionSubtypes.has(subtype)) return [name, isAlarm ? 'motion.detected' : 'motion.cleared'];
  // X10 door contacts and X10 smoke detectors are the same on the air; only the map knows which it is.
  return [name];
}

function smoke(isAlarm: boolean): Happening {
  return isAlarm ? ['alarm.on', 'smoke.detected'] : ['alarm.off', 'smoke.cleared'];
}

/** 50: temperature; 51: humidity; 52: both. Tenths of a degree, the high bit is the sign. */
function climate(type: number, subtype: number, data: number[]): Said | Refused {
  const sender = `rfx.climate${type.toString(16)}.${subtype}.${hexOf(data.slice(0, 2))}`;
  const values = data.slice(2);
  const measured: Record<string, number> = {};
  if (type !== 0x51) {
    const [high = 0, low = 0] = values.splice(0, 2);
    measured['temperature'] = ((((high & 0x7f) << 8) | low) / 10) * (high & 0x80 ? -1 : 1);
  }
  if (type !== 0x50) {
    const [humidity = 0] = values.splice(0, 2);
    if (humidity > 100) return 'bad-field';
    measured['humidity'] = humidity;
  }
  const [last = 0] = values;
  if (Math.abs(measured['temperature'] ?? 0) > 120 || (last & 0x0f) > 9) return 'bad-field';
  const said = [reading(sender, { ...measured, battery: batteryOf(last), rssi: rssiOf(last) })];
  return { said, sender, isBatteryLow: (last & 0x0f) === 0 };
}

/** 0 to 9, empty to full; the scale is Home Assistant's. */
function batteryOf(last: number): number {
  return ((last & 0x0f) + 1) * 10;
}

/** The high nibble in dBm by Home Assistant's estimate (rfxtrx/sensor.py: value * 8 - 120). */
function rssiOf(last: number): number {
  return (last >> 4) * 8 - 120;
}

function hexOf(bytes: (number | undefined)[]): string {
  return bytes.map((byte = 0) => byte.toString(16).padStart(2, '0')).join('');
}

function pressed(sender: string, name: string): Said {
  return { said: [signal(sender, name)], sender };
}

function signalOf(sender: string, [name, kind, data]: Happening): Decoded {
  return signal(sender, name, kind && { kind, ...(data && { data }) });
}

function signal(address: string, name: string, meaning?: Meaning): Decoded {
  return { of: 'heard', heard: { of: 'signal', address, signal: name, ...(meaning && { meaning }) } };
}

function reading(address: string, values: Record<string, number>): Decoded {
  return { of: 'heard', heard: { of: 'reading', address, reading: values } };
}
