import { z } from 'zod';
import { payloadOf } from './contract-payload.ts';
import type { Decoded, Decoder, EncodedOrder, FramedDriver, Order, Rejection } from './driver.ts';
import { rejected } from './rejection.ts';

// REYAX "LoRa AT command guide" (RYLR896, RYLR998): +RCV=<address>,<length>,<data>,<RSSI>,<SNR>.
// RAKwireless RUI3 AT manual: +EVT:RXP2P:<RSSI>:<SNR>:<hex>; firmware up to 1.0.4 wrote "+EVT:RXP2P, RSSI -60, SNR 11",
// and the data in the line after it, as +EVT:<hex>.
const marker = '+RCV=';
/** RAK writes 255 bytes of data as 510 hex digits, and 32 characters before them. */
const longestLine = 560;
/** The most that one AT+SEND of a RYLR takes; a RAK takes 255. */
const longestData = 240;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const optionsSchema = z.strictObject({
  /** Which module is on this port: what is written to it differs. What it says is understood of either. */
  module: z.enum(['rylr', 'rak']).default('rylr'),
  /** Who confirms an order: the module that it has sent it, or the device by `{"id":…,"ok":true}`. */
  confirmedBy: z.enum(['module', 'device']).default('module'),
});
type Options = z.infer<typeof optionsSchema>;

/** A module carries out one command after the other and names none in its answer, so all share one token. */
const moduleToken = 'at';

const askVersion = Buffer.from('AT+VER?\r\n');

export const loraAt: FramedDriver = {
  name: 'lora-at',
  about: 'LoRa modules with AT commands: REYAX RYLR896/998, RAK3172 (devices that send JSON of the contract)',
  mode: 'framed',
  line: { baudRate: 115_200 },
  addressScope: 'port',
  silenceLimitMs: 180_000,
  frameGapMs: 200,
  keepAlive: { bytes: askVersion, everyMs: 60_000 },
  onOpen: [askVersion],
  createDecoder: (options) => createDecoder(optionsSchema.parse(options)),
  encode: (order, options) => encode(order, optionsSchema.parse(options)),
};

function createDecoder(options: Options): Decoder {
  let held: Uint8Array = new Uint8Array(0);
  /** Signal strength of the old RAK firmware, whose data comes in the next line. */
  let announced: { rssi: number } | undefined;
  let isListening = options.module !== 'rak';
  /** Answers that are still to come to what is no order: the version asked for, the receiver told to listen. */
  let owedAnswers = 0;

  function push(bytes: Uint8Array): Decoded[] {
    held = held.length === 0 ? bytes.slice() : Buffer.concat([held, bytes]);
    return takeLines(false);
  }

  function takeLines(isQuiet: boolean): Decoded[] {
    const decoded: Decoded[] = [];
    const text = Buffer.from(held).toString('latin1');
    let at = 0;
    // Both are looked for again only once they lie behind, so that a megabyte of markers costs no more than any other.
    let received = text.indexOf(marker);
    let lineEnd = nextLineEnd(text, 0);
    while (at < text.length) {
      if (lineEnd >= 0 && lineEnd < at) lineEnd = nextLineEnd(text, at);
      if (received >= 0 && received < at) received = text.indexOf(marker, at);
      if (received >= 0 && (lineEnd < 0 || received < lineEnd)) {
        if (received > at) decoded.push(rejected('noise', held.subarray(at, received)));
        const found = receivedAt(text, received);
        at = received;
        if (found.is === 'more' && !isQuiet) break;
        if (found.is === 'data') {
          const { from, sender, rssi, snr } = found;
          const data = held.subarray(from, from + found.length);
          decoded.push(payloadOf(data, `lora.${sender}`, { rssi, snr }));
          at = found.end;
        } else {
          // The next line may be whole: only up to it, or up to the next marker, is thrown away.
          received = text.indexOf(marker, at + 1);
          const next = [lineEnd, received].filter((end) => end >= 0);
          const end = next.length > 0 ? Math.min(...next) : text.length;
          decoded.push(rejected(found.is === 'bad' ? found.reason : 'cut', held.subarray(at, end)));
          at = end;
        }
        continue;
      }
      if (lineEnd < 0 && !isQuiet) break;
      const end = lineEnd < 0 ? text.length : lineEnd;
      if (end > at) {
        decoded.push(
          ...(lineEnd < 0
            ? [rejected('cut', held.subarray(at, end))]
            : lineOf(text.slice(at, end), held.subarray(at, end))),
        );
      }
      at = end + 1;
    }
    at = Math.min(at, held.length);
    if (held.length - at > 2 * longestLine) {
      const cutAt = held.length - longestLine;
      decoded.push(rejected('too-long', held.subarray(at, cutAt)));
      at = cutAt;
    }
    held = held.slice(at);
    return decoded;
  }

  function lineOf(line: string, bytes: Uint8Array): Decoded[] {
    const event = /\+EVT:RXP2P:(-?\d{1,3}):(-?\d{1,3}):(?:(\d{1,3}):)?([0-9A-Fa-f]*)$/.exec(line);
    if (event) {
      const [, rssi, snr, length, hex = ''] = event;
      const isWhole = hex !== '' && hex.length % 2 === 0;
      if (!isWhole || (length !== undefined && Number(length) * 2 !== hex.length)) {
        return [rejected('length', bytes)];
      }
      return [payloadOf(Buffer.from(hex, 'hex'), 'lora', { rssi: Number(rssi), snr: Number(snr) })];
    }
    const announcement = /\+EVT:RXP2P, RSSI (-?\d{1,3}), SNR (-?\d{1,3})$/.exec(line);
    if (announcement) {
      announced = { rssi: Number(announcement[1]) };
      return [];
    }
    const data = /\+EVT:((?:[0-9A-Fa-f]{2})+)$/.exec(line);
    if (data && announced) {
      const { rssi } = announced;
      announced = undefined;
      return [payloadOf(Buffer.from(data[1] ?? '', 'hex'), 'lora', { rssi })];
    }
    announced = undefined;
    return [...answerOf(line, bytes), ...listen(line)];
  }

  function answerOf(line: string, bytes: Uint8Array): Decoded[] {
    const version = /^(?:\+VER=|AT\+VER=)(\S{1,40})$/.exec(line);
    // A RAK answers a question by the value and an OK.
    if (line.startsWith('AT+VER')) owedAnswers += 1;
    if (version) return [{ of: 'firmware', says: 'alive', ...(version[1] && { version: version[1] }) }];
    if (line === '+OK' || line === 'OK') return answered(true);
    if (/^(?:\+ERR=\d+|AT_[A-Z_]*(?:ERROR|FULL)|ERROR)$/.test(line)) return answered(false, line);
    if (line === '+READY' || line.startsWith('Current Work Mode')) {
      owedAnswers = 0;
      return [{ of: 'firmware', says: 'started' }];
    }
    if (/^(?:AT\b|\+EVT:|\+[A-Z]+=|RAK|LoRa)/.test(line)) return alive;
    return [rejected('unknown-frame', bytes)];
  }

  /** A RAK hears nothing until it is told to, after each start: 65533 is without an end and lets it send between. */
  function listen(line: string): Decoded[] {
    if (options.module !== 'rak') return [];
    if (/^Current Work Mode|RXP2P.RECEIVE.TIMEOUT/.test(line)) isListening = false;
    if (isListening || line === 'OK') return [];
    isListening = true;
    owedAnswers += 1;
    return [{ of: 'reply', bytes: Buffer.from('AT+PRECV=65533\r\n') }];
  }

  function answered(ok: boolean, reason?: string): Decoded[] {
    if (owedAnswers > 0) {
      owedAnswers -= 1;
      return alive;
    }
    if (options.confirmedBy === 'device') return alive;
    return [{ of: 'confirmation', token: moduleToken, ok, ...(reason !== undefined && { reason }) }];
  }

  return { push, quiet: () => takeLines(true) };
}

const alive: Decoded[] = [{ of: 'firmware', says: 'alive' }];

type Received =
  | { is: 'data'; sender: string; from: number; length: number; end: number; rssi: number; snr: number }
  | { is: 'bad'; reason: Rejection }
  | { is: 'more' };

/** The data may hold commas and line ends, so its length is what counts. */
function receivedAt(text: string, at: number): Received {
  const start = /^\+RCV=(\d{1,5}),(\d{1,3}),/.exec(text.slice(at, at + 16));
  if (!start) {
    const isBegun = /^\+RCV=(?:\d{0,5}|\d{1,5},\d{0,3})$/.test(text.slice(at, at + 16));
    return isBegun ? { is: 'more' } : { is: 'bad', reason: 'bad-field' };
  }
  const from = at + start[0].length;
  const length = Number(start[2]);
  if (length === 0 || length > longestData) return { is: 'bad', reason: 'length' };
  const behind = text.slice(from + length, from + length + 12);
  const end = /^,(-?\d{1,3}),(-?\d{1,3})[\r\n]/.exec(behind);
  if (!end) {
    const isBegun = /^(?:|,-?\d{0,3}|,-?\d{1,3},-?\d{0,3})$/.test(behind);
    return isBegun ? { is: 'more' } : { is: 'bad', reason: 'length' };
  }
  const [all, rssi, snr] = end;
  const sender = start[1] ?? '';
  return {
    is: 'data',
    sender,
    from,
    length,
    end: from + length + all.length - 1,
    rssi: +(rssi ?? 0),
    snr: +(snr ?? 0),
  };
}

function nextLineEnd(text: string, at: number): number {
  for (let index = at; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === lineFeed || code === carriageReturn) return index;
  }
  return -1;
}

function encode({ address, command }: Order, { module, confirmedBy }: Options): EncodedOrder | undefined {
  const [, receiver, device] =
    (module === 'rylr' ? /^lora\.(\d{1,5})(?:\.(.+))?$/ : /^lora()(?:\.(.+))?$/).exec(address) ?? [];
  if (receiver === undefined) return undefined;
  const whole = { ...command, ...(device !== undefined && { device }) };
  // The alarm's identifier is worth nothing to a lamp, and may not fit the air.
  const short = command.command === 'reassure' ? { ...whole, data: { state: command.data.state } } : whole;
  const data = [whole, short]
    .map((each) => Buffer.from(JSON.stringify(each)))
    .find((each) => each.length <= longestData);
  if (data === undefined) return undefined;
  const token = confirmedBy === 'device' ? command.id : moduleToken;
  const line =
    module === 'rylr'
      ? Buffer.concat([Buffer.from(`AT+SEND=${receiver},${data.length},`), data, Buffer.from('\r\n')])
      : Buffer.from(`AT+PSEND=${data.toString('hex').toUpperCase()}\r\n`);
  return { bytes: line, token };
}
