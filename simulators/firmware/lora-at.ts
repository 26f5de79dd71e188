import { freshEventIds } from '../event-ids.ts';
import { wholeBetween } from '../random.ts';
import type { Random } from '../random.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

const kinds: Partial<Record<Act, string>> = {
  press: 'button.pressed',
  fall: 'fall.detected',
  'door-open': 'door.opened',
  'door-close': 'door.closed',
  motion: 'motion.detected',
  smoke: 'smoke.detected',
  tamper: 'tamper.opened',
  'battery-low': 'battery.low',
};
const airTimeMs = 80;

export const rylrBoard: Board = {
  driver: 'lora-at',
  about: { 'zh-CN': 'REYAX RYLR998 LoRa 模块', en: 'REYAX RYLR998, a LoRa module' },
  line: { baudRate: 115_200 },
  acts: [...(Object.keys(kinds) as Act[]), 'reading'],
  powerOn: (random, nextEventId) => createModule(random, rylr, nextEventId),
};

/** A second flavour behind the same driver; not in the list of boards, as its driver needs `module: rak`. */
export const rakBoard: Board = {
  ...rylrBoard,
  about: { 'zh-CN': 'RAK3172 LoRa 模块（RUI3）', en: 'RAK3172, a LoRa module with RUI3' },
  powerOn: (random, nextEventId) => createModule(random, rak, nextEventId),
};

/** How a module says what it has received, and what it answers to a command. */
type Dialect = {
  banner: string[];
  received(sender: number, payload: string, random: Random): string;
  /** `sent`: what went over the air, and to whom (a RAK sends to all). */
  answer(command: string): { lines: string[]; sent?: { receiver: number; payload: string } };
};

function createModule(random: Random, dialect: Dialect, nextEventId = freshEventIds()): Firmware {
  let held = '';

  const line = (text: string, pauseMs = 0): Said => ({ bytes: Buffer.from(`${text}\r\n`), pauseMs });
  const receive = (sender: number, content: object, pauseMs = 0) =>
    line(dialect.received(sender, JSON.stringify(content), random), pauseMs);

  function perform(act: Act, sender: number): Said[] {
    if (act === 'reading') {
      const battery = wholeBetween(random, 20, 100);
      return [receive(sender, { battery, temperature: wholeBetween(random, 150, 280) / 10 })];
    }
    const kind = kinds[act];
    if (kind === undefined) return [];
    const data = act === 'press' ? { data: { key: 'help' } } : {};
    const event = { id: nextEventId(), kind, ageMs: wholeBetween(random, 20, 200), ...data };
    // The device repeats itself with the same identifier, as it cannot know whether it was heard.
    return [receive(sender, event), receive(sender, event, 400)];
  }

  function answer(bytes: Uint8Array): Said[] {
    held += Buffer.from(bytes).toString('latin1');
    const commands = held.split(/\r?\n/);
    held = commands.pop()?.slice(-600) ?? '';
    return commands.filter((command) => command !== '').flatMap(answerTo);
  }

  function answerTo(command: string): Said[] {
    const { lines, sent } = dialect.answer(command);
    const said = lines.map((text) => line(text, sent === undefined ? 0 : airTimeMs));
    const order = sent && parsed(sent.payload);
    if (sent === undefined || typeof order?.['id'] !== 'string') return said;
    return [...said, receive(sent.receiver, { id: order['id'], ok: true }, airTimeMs)];
  }

  return { banner: () => dialect.banner.map((text) => line(text)), perform, answer };
}

const firstAddress = 50;

const rylr: Dialect = {
  banner: ['+READY'],
  received(sender, payload, random) {
    const rssi = wholeBetween(random, -110, -40);
    return `+RCV=${firstAddress + sender},${Buffer.byteLength(payload)},${payload},${rssi},${wholeBetween(random, 5, 40)}`;
  },
  answer(command) {
    const send = /^AT\+SEND=(\d+),(\d+),(.*)$/.exec(command);
    if (send) {
      const [, receiver, length, payload = ''] = send;
      if (Number(length) !== payload.length) return { lines: ['+ERR=5'] };
      return {
        lines: ['+OK'],
        sent: { receiver: Number(receiver) - firstAddress, payload: unescaped(payload) },
      };
    }
    if (command === 'AT+VER?') return { lines: ['+VER=RYLR998_REYAX_V1.2.2'] };
    return { lines: [command === 'AT' ? '+OK' : '+ERR=4'] };
  },
};

const rak: Dialect = {
  banner: [
    'RAKwireless RAK3172-E Example',
    '------------------------------------------------------',
    'Current Work Mode: LoRa P2P.',
  ],
  received(sender, payload, random) {
    const named = payload.replace(/\}$/, `,"device":"d${sender}"}`);
    const hex = Buffer.from(named).toString('hex').toUpperCase();
    return `+EVT:RXP2P:${wholeBetween(random, -110, -40)}:${wholeBetween(random, -5, 12)}:${hex}`;
  },
  answer(command) {
    const send = /^AT\+PSEND=((?:[0-9A-F]{2})+)$/i.exec(command);
    if (send) {
      const payload = Buffer.from(send[1] ?? '', 'hex').toString();
      const device = parsed(payload)?.['device'];
      const receiver = typeof device === 'string' ? Number(device.slice(1)) : 0;
      return { lines: ['OK', '+EVT:TXP2P DONE'], sent: { receiver, payload } };
    }
    if (command === 'AT+VER?') return { lines: ['AT+VER=RUI_4.0.5_RAK3172-E', 'OK'] };
    return { lines: [/^AT(?:\+PRECV=\d+)?$/.test(command) ? 'OK' : 'AT_ERROR'] };
  },
};

function unescaped(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

function parsed(json: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
