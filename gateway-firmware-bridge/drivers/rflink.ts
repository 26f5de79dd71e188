import { z } from 'zod';
import { createBatteryWatch } from './battery-watch.ts';
import type { Decoded, Decoder, EncodedOrder, FramedDriver, Meaning, Order } from './driver.ts';
import { ev1527Signal } from './ev1527.ts';
import { createLastLine } from './last-line.ts';
import { rejected } from './rejection.ts';
import { createLineSplitter, type TextLine } from './text-lines.ts';

// The protocol: "RFLink Protocol Reference.txt" and protocol_samples.txt in python-rflink.

const optionsSchema = z.strictObject({});
/** Frames have some 60 characters; the firmware's lists of pulses (RFDEBUG) up to about a thousand. */
const longestLine = 1024;
const orderToken = 'order';
/** `20`, a counter of two hex digits. */
const header = '20;00;';
const line = (text: string) => Uint8Array.from(Buffer.from(`${text}\r\n`, 'latin1'));

export const rflink: FramedDriver = {
  name: 'rflink',
  about: 'RFLink: 433 MHz receiver on an Arduino Mega (R29-R51) or ESP32 (RFLink32), cable or Wi-Fi',
  mode: 'framed',
  line: { baudRate: 57_600 },
  addressScope: 'world',
  // Two answers to the keep-alive are missing.
  silenceLimitMs: 75_000,
  frameGapMs: 200,
  // Boards with Wi-Fi close a TCP connection that is silent for 300 s.
  keepAlive: { bytes: line('10;PING;'), everyMs: 30_000 },
  onOpen: [line('10;VERSION;')],
  createDecoder(options) {
    optionsSchema.parse(options);
    return createDecoder();
  },
  encode,
};

function createDecoder(): Decoder {
  const lines = createLineSplitter(longestLine);
  const batteryNews = createBatteryWatch();
  const last = createLastLine();

  function decode(found: ReturnType<typeof lines.push>): Decoded[] {
    return found.flatMap((item) => (item.of === 'line' ? (again(item) ?? fromLine(item)) : item));
  }

  function again({ text, isEndLost }: TextLine): Decoded[] | undefined {
    const isWhole = !isEndLost && /^20;[0-9a-f]{2};/i.test(text);
    return isWhole ? last.meaning(text.slice(header.length)) : undefined;
  }

  /** A line may hold what was left of others (`20;00;N20;00;Nodo ...`, after the buffer ran over): each header begins anew. */
  function fromLine({ text, bytes, isEndLost }: TextLine): Decoded[] {
    const starts = [...text.matchAll(/(?=20;[0-9a-f]{2};)/gi)].map(({ index }) => index);
    const [first] = starts;
    if (first === undefined) return [rejected(isEndLost && text.startsWith('20;') ? 'cut' : 'noise', bytes)];
    // Node 11 is a frame that a host makes up; the firmware says it again as 20.
    if (/^1[01];/.test(text)) return [rejected('unknown-frame', bytes)];
    const frames = starts.flatMap((start, index) => {
      const next = starts[index + 1];
      return fromPart(text.slice(start, next), bytes.subarray(start, next), isEndLost || next !== undefined);
    });
    if (first > 0) return [rejected('noise', bytes.subarray(0, first)), ...frames];
    // The word of a battery is news only once.
    if (!isEndLost && frames.every(({ of }) => of === 'heard') && !/;BAT=/i.test(text))
      last.keep(text.slice(header.length), frames);
    return frames;
  }

  /**
   * The firmware ends each field by ';', so a frame that ends otherwise has lost some of its last one. Of a frame
   * without a line end only a press or alarm is taken, and only if nothing else is missing.
   */
  function fromPart(text: string, bytes: Uint8Array, isEndLost: boolean): Decoded[] {
    const isWhole = text.endsWith(';') || !text.includes('=');
    if (isEndLost ? !/;(CMD|CHIME|PIR|SMOKEALERT)=\w+;$/i.test(text) : !isWhole)
      return [rejected('cut', bytes)];
    return fromFrame(text.slice(header.length).split(';'), text.slice(3, 5), bytes);
  }

  function fromFrame([name = '', ...rest]: string[], sequence: string, frame: Uint8Array): Decoded[] {
    const fields = fieldsOf(rest);
    const identifier = fields.get('ID');
    if (identifier === undefined) return fromFirmware(name, sequence, rest, frame);
    if (!/^[0-9a-z]{1,16}$/i.test(identifier) || !/^[\x20-\x7e]+$/.test(name)) {
      return [rejected('bad-field', frame)];
    }
    const heard =
      name.toLowerCase() === 'ev1527' ? ev1527(identifier, fields) : sender(name, identifier, fields);
    if (heard === 'bad-field') return [rejected('bad-field', frame)];
    if (heard.length === 0) return [rejected('unknown-frame', frame)];
    return heard.includes('bad-field')
      ? [...heard.filter((item) => item !== 'bad-field'), rejected('bad-field', frame)]
      : heard.filter((item) => item !== 'bad-field');
  }

  function sender(name: string, identifier: string, fields: Fields): (Decoded | 'bad-field')[] {
    const address = `rf433.${slug(name).slice(0, 20)}.${plain(identifier)}`;
    const heard: (Decoded | 'bad-field')[] = signalsOf(fields).map(([signal, meaning]) =>
      signalFrom(address, signal, meaning),
    );
    const { reading, isBad } = readingOf(fields);
    const battery = fields.get('BAT')?.toUpperCase();
    if (battery === 'LOW' || battery === 'OK') {
      const news = batteryNews(address, battery === 'LOW');
      if (news !== undefined) heard.push(signalFrom(address, news, { kind: news }));
      if (Object.keys(reading).length > 0 || heard.length === 0)
        reading['batteryLow'] = battery === 'LOW' ? 1 : 0;
    }
    if (Object.keys(reading).length > 0)
      heard.push({ of: 'heard', heard: { of: 'reading', address, reading } });
    return isBad ? [...heard, 'bad-field'] : heard;
  }

  return { push: (bytes) => decode(lines.push(bytes)), quiet: () => decode(lines.quiet()) };
}

type Fields = ReadonlyMap<string, string>;

function fieldsOf(parts: string[]): Fields {
  const fields = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals > 0) fields.set(part.slice(0, equals).toUpperCase(), part.slice(equals + 1));
  }
  return fields;
}

/** Lines about the firmware itself. `20;00;` begins the count anew, so it stands before all that it says at its start. */
function fromFirmware(name: string, sequence: string, rest: string[], frame: Uint8Array): Decoded[] {
  const word = name.toUpperCase();
  const banner = /RFLink Gateway (V\S+ - R\S+)/i.exec(name)?.[1];
  if (banner !== undefined) return [{ of: 'firmware', says: 'started', version: banner }];
  if (word === 'OK') return [{ of: 'confirmation', token: orderToken, ok: true }];
  if (word === 'CMD UNKNOWN') {
    return [
      { of: 'confirmation', token: orderToken, ok: false, reason: 'the firmware does not know this command' },
    ];
  }
  if (word.startsWith('VER=')) {
    const fields = fieldsOf([name, ...rest]);
    return [
      { of: 'firmware', says: 'alive', version: `V${fields.get('VER')} - R${fields.get('REV') ?? '?'}` },
    ];
  }
  // Settings: `20;02;setGPIO=ON;`, `20;01;MySensors=OFF;NO NRF24L01;`, `20;99;RFDEBUG=ON;`.
  const isAboutItself = word === 'PONG' || word === 'STATUS' || /^[A-Z0-9_]{2,20}=(ON|OFF)$/.test(word);
  if (isAboutItself || sequence === '00') return [{ of: 'firmware', says: 'alive' }];
  return [rejected('unknown-frame', frame)];
}

/** `CMD` is always ON: an EV1527 has no word for off. Older firmware prints 5 digits (`ID=005DF`), newer 6. */
function ev1527(identifier: string, fields: Fields): Decoded[] | 'bad-field' {
  const [id, key] = [hex(identifier), hex(fields.get('SWITCH') ?? '')];
  if (id === undefined || id > 0xfffff || key === undefined || key > 0xf) return 'bad-field';
  return [ev1527Signal(id, key)];
}

/** What was pressed, or has happened. A door bell's button is a bell only by the map: it may be a call button. */
function signalsOf(fields: Fields): [signal: string, meaning?: Meaning][] {
  const [smoke, pir, chime, command, level] = ['SMOKEALERT', 'PIR', 'CHIME', 'CMD', 'SET_LEVEL'].map(
    (label) => {
      const value = slug(fields.get(label) ?? '').slice(0, 20);
      return value === '' ? undefined : value;
    },
  );
  if (smoke !== undefined) return [onOrOff('smoke', smoke, 'smoke.detected', 'smoke.cleared')];
  if (pir !== undefined) return [onOrOff('pir', pir, 'motion.detected', 'motion.cleared')];
  if (chime !== undefined) return [[`chime.${plain(chime)}`]];
  const word = command ?? (level === undefined ? undefined : `set_level-${level}`);
  const key = slug(fields.get('SWITCH') ?? '').slice(0, 16);
  if (key === '') return word === undefined ? [] : [[`cmd.${word}`]];
  return [[word === undefined ? `switch.${plain(key)}` : `switch.${plain(key)}.${word}`]];
}

function onOrOff(name: string, value: string, on: Meaning['kind'], off: Meaning['kind']): [string, Meaning?] {
  if (value === 'on') return [`${name}.on`, { kind: on }];
  return value === 'off' ? [`${name}.off`, { kind: off }] : [`${name}.${value}`];
}

const celsius = (text: string) => {
  const value = hex(text);
  if (value === undefined) return undefined;
  // The high bit is the sign, not two's complement: 800d is -1.3.
  return (value & 0x8000 ? -(value & 0x7fff) : value) / 10;
};
const hexTenths = (text: string) => scaled(hex(text), 10);
/** Tenths of km/h to m/s; the reference forgets to divide WINGS by 10, python-rflink and Domoticz do. */
const windSpeed = (text: string) => scaled(hex(text), 36);
const decimal = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

/** Labels, the names and units of their readings (SI; °C, %, hPa, mm), and how they are written. */
const readingFields: Record<string, [name: string, read: (text: string) => number | undefined]> = {
  TEMP: ['temperature', celsius],
  HUM: ['humidity', (text) => atMost(100, decimal(text))],
  BARO: ['pressure', hex],
  HSTATUS: ['humidityStatus', decimal],
  BFORECAST: ['forecast', decimal],
  UV: ['uv', hex],
  LUX: ['illuminance', hex],
  RAIN: ['rain', hexTenths],
  RAINRATE: ['rainRate', hexTenths],
  RAINTOT: ['rainTotal', hexTenths],
  WINSP: ['windSpeed', windSpeed],
  AWINSP: ['windSpeedAverage', windSpeed],
  WINGS: ['windGust', windSpeed],
  // Sixteenths of the circle, to degrees.
  WINDIR: ['windDirection', (text) => scaled(atMost(15, decimal(text)), 1 / 22.5)],
  WINCHL: ['windChill', celsius],
  WINTMP: ['windTemperature', celsius],
  CO2: ['co2', decimal],
  SOUND: ['sound', decimal],
  KWATT: ['kilowatt', hex],
  WATT: ['power', hex],
  CURRENT: ['current', decimal],
  CURRENT2: ['current2', decimal],
  CURRENT3: ['current3', decimal],
  DIST: ['distance', decimal],
  METER: ['meter', decimal],
  VOLT: ['voltage', decimal],
};

function readingOf(fields: Fields): { reading: Record<string, number>; isBad: boolean } {
  const reading: Record<string, number> = {};
  let isBad = false;
  for (const [label, [name, read]] of Object.entries(readingFields)) {
    const text = fields.get(label);
    if (text === undefined) continue;
    const value = read(text);
    if (value === undefined) isBad = true;
    else reading[name] = value;
  }
  return { reading, isBad };
}

/**
 * How transmitters are addressed: `10;NewKaku;0cac142;3;ON;`. The firmware reads fields at fixed places, so identifier
 * and key have the width of the reference's examples. A bell has no OFF.
 */
const transmitters: Record<string, [name: string, width: number, keyWidth: number, is: 'switch' | 'bell']> = {
  newkaku: ['NewKaku', 7, 1, 'switch'],
  kaku: ['Kaku', 6, 1, 'switch'],
  ab400d: ['AB400D', 6, 1, 'switch'],
  impuls: ['Impuls', 6, 1, 'switch'],
  homeeasy: ['HomeEasy', 8, 1, 'switch'],
  eurodomest: ['Eurodomest', 6, 2, 'switch'],
  blyss: ['Blyss', 4, 2, 'switch'],
  kambrook: ['Kambrook', 6, 2, 'switch'],
  ev1527: ['EV1527', 6, 1, 'bell'],
  'byron-sx': ['Byron', 6, 2, 'bell'],
  selectplus: ['Selectplus', 6, 0, 'bell'],
  deltronic: ['DELTRONIC', 6, 0, 'bell'],
};

/** A lamp is lit while the alarm lasts and blinks to be found; a bell rings, and has no word for the end of an alarm. */
function encode({ address, signal = '', command }: Order): EncodedOrder | undefined {
  const [, family = '', id = ''] = /^rf433\.([a-z0-9-]+)\.([0-9a-z]+)$/.exec(address) ?? [];
  const transmitter = transmitters[family];
  if (transmitter === undefined) return undefined;
  const [name, width, keyWidth, is] = transmitter;
  const key = /^(?:switch|chime|key)\.([0-9a-z]+)/.exec(signal)?.[1];
  const isOver = command.command === 'reassure' && command.data.state === 'closed';
  if ((key === undefined && keyWidth > 0) || (isOver && is === 'bell')) return undefined;
  const to = `10;${name};${id.padStart(width, '0')};`;
  const tell = (text: string): EncodedOrder => ({ bytes: line(text), token: orderToken });
  if (keyWidth === 0) return tell(to);
  const on = `${to}${key?.padStart(keyWidth, '0')};ON;`;
  if (is === 'bell') return tell(on);
  const off = `${to}${key?.padStart(keyWidth, '0')};OFF;`;
  if (isOver) return tell(off);
  return tell(command.command === 'reassure' ? on : `${on}\r\n${off}`);
}

function signalFrom(address: string, signal: string, meaning?: Meaning): Decoded {
  return { of: 'heard', heard: { of: 'signal', address, signal, ...(meaning && { meaning }) } };
}

/** Versions of the firmware differ in upper case and leading zeros (`ID=008440e6`, `ID=cac142`, `SWITCH=01`, `SWITCH=1`). */
function plain(digits: string): string {
  return digits.toLowerCase().replace(/^0+(?=.)/, '');
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function hex(text: string): number | undefined {
  return /^[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}

function atMost(most: number, value: number | undefined): number | undefined {
  return value !== undefined && value <= most ? value : undefined;
}

function scaled(value: number | undefined, divisor: number): number | undefined {
  return value === undefined ? undefined : Math.round((value / divisor) * 100) / 100;
}
