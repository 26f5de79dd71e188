import { z } from 'zod';
import { createBatteryWatch } from './battery-watch.ts';
import type { Decoded, Decoder, EncodedOrder, FramedDriver, Meaning, Order } from './driver.ts';
import { command, messagesBehind, messagesIn, value, type SerialMessage } from './mysensors-lines.ts';
import { rejected, type Rejected } from './rejection.ts';
import { createLineSplitter } from './text-lines.ts';

const internal = {
  batteryLevel: 0,
  time: 1,
  version: 2,
  config: 6,
  logMessage: 9,
  sketchName: 11,
  sketchVersion: 12,
  gatewayReady: 14,
  presentation: 19,
  discoverResponse: 21,
  heartbeatResponse: 22,
  debug: 28,
  preSleep: 32,
  postSleep: 33,
} as const;
const gateway = 0;
/** The child that stands for the node itself. */
const nodeItself = 255;

/** Percent; between them nothing is told, so that a battery at the limit is told once. */
const lowBattery = 10;
const fullEnough = 20;

/** A payload has at most 25 bytes, twice as many in hex, behind five numbers; log lines of the gateway are longer. */
const longestLine = 256;

const optionsSchema = z.strictObject({});
const line = (text: string) => Uint8Array.from(Buffer.from(`${text}\n`, 'latin1'));

export const mysensors = createMySensors(secondsOfLocalTime);

/** `now`: seconds since 1970 by the wall clock of the house, which is what nodes ask for. */
export function createMySensors(now: () => number): FramedDriver {
  return {
    name: 'mysensors',
    about: 'MySensors 2.x: a serial gateway of the open Arduino library, for own firmware',
    mode: 'framed',
    line: { baudRate: 115_200 },
    addressScope: 'port',
    // Two answers to the keep-alive are missing.
    silenceLimitMs: 75_000,
    frameGapMs: 200,
    // The gateway answers its version itself, without its radio (core/MyGatewayTransport.cpp).
    keepAlive: {
      bytes: line(`${gateway};${nodeItself};${command.internal};0;${internal.version};`),
      everyMs: 30_000,
    },
    onOpen: [line(`${gateway};${nodeItself};${command.internal};0;${internal.version};`)],
    createDecoder(options) {
      optionsSchema.parse(options);
      return createDecoder(now);
    },
    encode,
  };
}

type Message = { node: number; child: number; type: number; payload: string };

function createDecoder(now: () => number): Decoder {
  const lines = createLineSplitter(longestLine);
  const batteryNews = createBatteryWatch();
  /** What each child has presented itself as; at most 254 × 255 small numbers. */
  const sensors = new Map<string, number>();
  const presented = new Set<number>();
  const asked = new Set<number>();
  /** Children that tripped before anybody knew what they are. */
  const unexplained = new Set<string>();

  function decode(found: ReturnType<typeof lines.push>): Decoded[] {
    return found.flatMap((item) => (item.of === 'line' ? messagesIn(item).flatMap(take) : item));
  }

  function take(item: SerialMessage | Rejected): Decoded[] {
    if (item.of === 'rejected') return [item];
    // The node repeats an order that asked for it, with the ack field set.
    if (item.isEcho) return [{ of: 'confirmation', token: tokenOf(item), ok: true }];
    const meaning = meaningOf(item.about, item);
    if (meaning === 'bad-field') return messagesBehind(item).flatMap(take);
    if (meaning === 'unknown-frame') return [rejected(meaning, item.line.bytes)];
    return [...meaning, ...askForPresentation(item.node, item.about, item.type)];
  }

  function meaningOf(about: number, message: Message): Decoded[] | 'unknown-frame' | 'bad-field' {
    if (about === command.set) return fromSet(message);
    if (about === command.internal) return fromInternal(message);
    return about === command.presentation ? fromPresentation(message) : 'unknown-frame';
  }

  /** Smoke and water that were reported without a meaning, since the bridge had only just started, are told again. */
  function fromPresentation(message: Message): Decoded[] {
    const address = childAddress(message);
    sensors.set(address, message.type);
    presented.add(message.node);
    const alive: Decoded = { of: 'firmware', says: 'alive' };
    const name = lateNames.get(message.type);
    const kind = trippedKind(message.type, true);
    if (!unexplained.delete(address) || name === undefined || kind === undefined) return [alive];
    return [alive, signal(address, name, { kind })];
  }

  /**
   * A node that presented itself while the bridge was away is asked to do it again: once, and whenever it says that
   * it is awake, because a node that sleeps does not hear the question.
   */
  function askForPresentation(node: number, about: number, type: number): Decoded[] {
    const isAwake =
      about === command.internal && (type === internal.heartbeatResponse || type === internal.preSleep);
    if (node === gateway || node === nodeItself || presented.has(node) || (asked.has(node) && !isAwake))
      return [];
    asked.add(node);
    return [
      { of: 'reply', bytes: line(`${node};${nodeItself};${command.internal};0;${internal.presentation};`) },
    ];
  }

  function fromSet(message: Message): Decoded[] | 'unknown-frame' | 'bad-field' {
    const { type, payload } = message;
    const address = childAddress(message);
    if (type === value.tripped || type === value.status) {
      if (payload !== '0' && payload !== '1') return 'bad-field';
      const isOn = payload === '1';
      if (type === value.status) return [signal(address, isOn ? 'status.on' : 'status.off')];
      const kind = trippedKind(sensors.get(address), isOn);
      if (isOn && !sensors.has(address)) unexplained.add(address);
      else unexplained.delete(address);
      return [signal(address, isOn ? 'tripped.on' : 'tripped.off', kind && { kind })];
    }
    if (type === value.sceneOn || type === value.sceneOff) {
      if (!/^\w{1,20}$/.test(payload)) return 'bad-field';
      return [signal(address, `scene.${payload}.${type === value.sceneOn ? 'on' : 'off'}`)];
    }
    const name = readingNames.get(type);
    if (name === undefined) return 'unknown-frame';
    if (!/^-?\d{1,10}(\.\d{1,10})?$/.test(payload)) return 'bad-field';
    return [reading(address, { [name]: Number(payload) })];
  }

  function fromInternal({ node, child, type, payload }: Message): Decoded[] | 'unknown-frame' | 'bad-field' {
    const answer = (text: string): Decoded[] => [
      { of: 'reply', bytes: line(`${node};${child};${command.internal};0;${type};${text}`) },
    ];
    switch (type) {
      case internal.batteryLevel: {
        const battery = /^\d{1,3}$/.test(payload) ? Number(payload) : undefined;
        if (battery === undefined || battery > 100) return 'bad-field';
        const news =
          battery > lowBattery && battery < fullEnough
            ? undefined
            : batteryNews(`node.${node}`, battery <= lowBattery);
        const told = reading(`node.${node}`, { battery });
        return news === undefined ? [told] : [told, signal(`node.${node}`, news, { kind: news })];
      }
      case internal.heartbeatResponse:
        return [signal(`node.${node}`, 'heartbeat', { kind: 'heartbeat' })];
      case internal.time:
        return answer(String(Math.floor(now())));
      case internal.config:
        // Metric.
        return answer('M');
      case internal.gatewayReady:
        return [{ of: 'firmware', says: 'started' }];
      case internal.version:
        return [{ of: 'firmware', says: 'alive', ...(payload !== '' && { version: payload }) }];
      case internal.logMessage:
      case internal.sketchName:
      case internal.sketchVersion:
      case internal.discoverResponse:
      case internal.debug:
      case internal.preSleep:
      case internal.postSleep:
        return [{ of: 'firmware', says: 'alive' }];
      // A node that asks for a number (3) gets none: a number that another node, asleep since before the bridge
      // started, has already would make two residents' buttons one. Nodes are given theirs in the sketch, MY_NODE_ID.
      default:
        return 'unknown-frame';
    }
  }

  return { push: (bytes) => decode(lines.push(bytes)), quiet: () => decode(lines.quiet()) };
}

/** By the type of sensor that presented itself (S_DOOR, S_MOTION, S_SMOKE, S_WATER_LEAK): on, off. */
const trippedKinds: ReadonlyMap<number, readonly [Meaning['kind'], Meaning['kind']]> = new Map([
  [0, ['door.opened', 'door.closed']],
  [1, ['motion.detected', 'motion.cleared']],
  [2, ['smoke.detected', 'smoke.cleared']],
  [32, ['water.detected', 'water.cleared']],
]);

/** Names of their own, because the same signal again would be taken for a repetition. */
const lateNames: ReadonlyMap<number, string> = new Map([
  [2, 'smoke.on'],
  [32, 'water.on'],
]);

function trippedKind(sensor: number | undefined, isOn: boolean): Meaning['kind'] | undefined {
  const kinds = sensor === undefined ? undefined : trippedKinds.get(sensor);
  return kinds?.[isOn ? 0 : 1];
}

const readingNames: ReadonlyMap<number, string> = new Map([
  [value.temperature, 'temperature'],
  [value.humidity, 'humidity'],
  [3, 'percentage'],
  [4, 'pressure'],
  [6, 'rain'],
  [7, 'rainRate'],
  [8, 'windSpeed'],
  [9, 'windGust'],
  [10, 'windDirection'],
  [11, 'uv'],
  [12, 'weight'],
  [13, 'distance'],
  [14, 'impedance'],
  [17, 'power'],
  [18, 'energy'],
  [23, 'lightLevel'],
  [34, 'flow'],
  [35, 'volume'],
  [37, 'level'],
  [38, 'voltage'],
  [39, 'current'],
]);

/** `signal` names what shows it: `text` a display, anything else a lamp, which blinks to be found. */
function encode({ address, signal, command: order }: Order): EncodedOrder | undefined {
  const [, node, child] = /^node\.(\d{1,3})\.child\.(\d{1,3})$/.exec(address) ?? [];
  if (node === undefined || child === undefined) return undefined;
  const words = order.command === 'reassure' ? order.data.state : order.command;
  if (signal === 'text') return set(node, child, value.text, [words]);
  if (order.command !== 'reassure') return set(node, child, value.status, ['1', '0']);
  return set(node, child, value.status, [order.data.state === 'closed' ? '0' : '1']);
}

function set(node: string, child: string, type: number, payloads: string[]): EncodedOrder {
  const messages = payloads.map((payload) => `${node};${child};${command.set};1;${type};${payload}`);
  const last = payloads.at(-1) ?? '';
  return {
    bytes: line(messages.join('\n')),
    token: tokenOf({ node: Number(node), child: Number(child), type, payload: last }),
  };
}

function tokenOf({ node, child, type, payload }: Message): string {
  return `${node};${child};${type};${payload}`;
}

function childAddress({ node, child }: { node: number; child: number }): string {
  return child === nodeItself ? `node.${node}` : `node.${node}.child.${child}`;
}

function signal(address: string, name: string, meaning?: Meaning): Decoded {
  return { of: 'heard', heard: { of: 'signal', address, signal: name, ...(meaning && { meaning }) } };
}

function reading(address: string, values: Record<string, number>): Decoded {
  return { of: 'heard', heard: { of: 'reading', address, reading: values } };
}

function secondsOfLocalTime(): number {
  const at = new Date();
  return at.getTime() / 1000 - at.getTimezoneOffset() * 60;
}
