import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { deviceReadingSchema } from '@carebell/contracts/messages.ts';
import { drivers } from '@carebell/gateway-firmware-bridge/compose.ts';
import { mutated } from './mutate.ts';
import type { Random } from './mutate.ts';
import { Finding } from './target.ts';
import type { Target } from './target.ts';

type Driver = (typeof drivers)[number];
type Feeder = { push(bytes: Buffer, random: Random): void; end(): Promise<void> | void };

const text = (line: string): Buffer => Buffer.from(`${line}\r\n`, 'latin1');
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Whole frames of each firmware, as its documents show them. */
const samples: Readonly<Record<string, readonly Buffer[]>> = {
  rflink: [
    '20;77;EV1527;ID=0f7499;SWITCH=04;CMD=ON;',
    '20;36;Alecto V1;ID=0335;TEMP=800d;HUM=33;BAT=LOW;',
    '20;04;NewKaku;ID=000008;SWITCH=2;CMD=SET_LEVEL=14;',
    '20;47;Cresta;ID=8002;WINDIR=0002;WINSP=0060;WINGS=0088;WINCHL=b0;',
    '20;00;Nodo RadioFrequencyLink - RFLink Gateway V1.1 - R48;',
  ].map(text),
  'sonoff-rf': [
    'AA A4 28 0A 01 5E 04 10 F7 49 94 55',
    'AA A6 04 00 F7 49 94 55',
    'AA B1 03 01 5E 04 10 28 0A 28 19 55',
  ].map(bytes),
  rfxtrx: [
    '08 20 02 07 12 00 35 06 80',
    '0A 52 01 04 AE 01 00 90 36 02 59',
    '0B 11 00 00 FE 12 34 56 03 01 0F 70',
  ].map(bytes),
  mysensors: ['12;1;0;0;2;', '12;1;1;0;16;1', '12;3;1;0;0;-1.5', '12;255;3;0;0;7', '12;255;3;0;22;1'].map(
    (line) => Buffer.from(`${line}\n`),
  ),
  mr60fda1: [
    '53 59 83 01 00 01 01 32 54 43',
    '53 59 80 01 00 01 00 2E 54 43',
    '53 59 01 01 00 01 0F BE 54 43',
    '53 59 02 A4 00 0F 47 36 30 46 44 31 53 59 76 30 31 30 31 30 34 11 54 43',
  ].map(bytes),
  'lora-at': [
    '+RCV=50,5,HELLO,-99,40',
    '+RCV=7,52,{"id":"e1","kind":"button.pressed","data":{"key":"help"}},-80,9',
    '+EVT:RXP2P:-42:11:7b2262617474657279223a38307d',
    '+VER=RYLR998_REYAX_V1.2.2',
    'OK',
  ].map(text),
  'espa-444': [
    bytes(
      '01 31 02 31 1F 31 30 31 1E 32 1F 57 43 20 41 4C 41 52 4D 20 52 4F 4F 4D 20 31 32 1E 33 1F 32 1E 34 1F 33 1E 35 1F 31 1E 36 1F 31 03 63',
    ),
    bytes('32 05'),
    bytes('31 05'),
    bytes('04'),
    bytes('06'),
  ],
  'modbus-rtu': ['01 02 01 04 A0 4B', '01 02 01 00 A1 88', '01 82 02 C1 61', '01 05 00 00 FF 00 8C 3A'].map(
    bytes,
  ),
};

const options: Readonly<Record<string, Record<string, unknown>>> = {
  'modbus-rtu': { units: [{ id: 1 }], pollEveryMs: 10, answerMs: 10 },
};
const identifier = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,47}$/;
/** After so many a decoder begins anew, as after an unplugged cable. */
const framesOfALife = 2_000;

type Item = Parameters<Parameters<Extract<Driver, { mode: 'polled' }>['createPoller']>[1]['decoded']>[0][0];

/** What leaves a driver fits the contract, whatever went in. */
function check(driver: Driver, item: Item, input: Buffer): void {
  const isOdd = (what: string): never => {
    throw new Finding(`${driver.name}: ${what} ${JSON.stringify(item)}`, input);
  };
  if (item.of === 'rejected' && (item.length < 1 || item.bytes.length !== Math.min(item.length, 64)))
    isOdd('rejects what is not there');
  if (item.of !== 'heard') return;
  if (!identifier.test(item.heard.address)) isOdd('an address that is none');
  if (item.heard.of === 'reading' && !deviceReadingSchema.safeParse(item.heard.reading).success)
    isOdd('a reading that is none');
  if (item.heard.of !== 'signal') return;
  if (!identifier.test(item.heard.signal)) isOdd('a signal that is none');
  if (item.heard.meaning !== undefined && !isEventKind(item.heard.meaning.kind)) isOdd('a kind that is none');
}

function feederOf(driver: Driver): Feeder {
  const setting = options[driver.name] ?? {};
  if (driver.mode === 'framed') {
    const decoder = driver.createDecoder(setting);
    return {
      push(input, random) {
        for (const item of decoder.push(input)) check(driver, item, input);
        if (random() < 0.2) for (const item of decoder.quiet()) check(driver, item, input);
      },
      end: () => undefined,
    };
  }
  let latest: Buffer = Buffer.alloc(0);
  const poller = driver.createPoller(setting, {
    write: () => undefined,
    decoded: (items) => items.forEach((item) => check(driver, item, latest)),
  });
  poller.start();
  return {
    push(input) {
      latest = input;
      poller.push(input);
    },
    end: () => poller.stop(),
  };
}

export const driverTarget: Target = {
  name: 'serial drivers',
  share: 50,
  open: () => ({
    async feed(count, random) {
      for (let fed = 0; fed < count;) {
        for (const driver of drivers) {
          const frames = samples[driver.name];
          if (frames === undefined) throw new Error(`no samples of ${driver.name}: add some`);
          const feeder = feederOf(driver);
          for (let frame = 0; frame < framesOfALife && fed < count; frame += 1, fed += 1) {
            const input = mutated(frames, random);
            try {
              feeder.push(input, random);
            } catch (error) {
              throw error instanceof Finding ? error : new Finding(driver.name, input, error);
            }
          }
          await feeder.end();
        }
      }
    },
    close: () => undefined,
  }),
};
