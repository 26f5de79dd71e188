import { between } from '../random.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

// Written from the serial API 2.x (mysensors.org/download/serial_api_20): node;child;command;ack;type;payload

/** The children of each node: number, type of sensor, name. */
const children = [
  { child: 1, sensor: 25, name: 'Call button' },
  { child: 2, sensor: 0, name: 'Front door' },
  { child: 3, sensor: 1, name: 'Motion' },
  { child: 4, sensor: 2, name: 'Smoke' },
  { child: 5, sensor: 6, name: 'Temperature' },
  { child: 6, sensor: 7, name: 'Humidity' },
  { child: 7, sensor: 3, name: 'Lamp' },
] as const;
const firstNode = 10;
const lastNode = 254;
/** The way to a node and back over the radio, with a repeater. */
const radioMs = 40;

export const mysensorsBoard: Board = {
  driver: 'mysensors',
  about: { 'zh-CN': 'MySensors 串口网关', en: 'MySensors serial gateway' },
  line: { baudRate: 115_200 },
  acts: ['press', 'door-open', 'door-close', 'motion', 'smoke', 'battery-low', 'reading'],
  powerOn(random): Firmware {
    let heard = '';
    let beats = 0;

    function perform(act: Act, sender: number): Said[] {
      const node = firstNode + (sender % (lastNode - firstNode));
      switch (act) {
        case 'press':
          return [say(`${node};1;1;0;19;1`)];
        case 'door-open':
          return [say(`${node};2;1;0;16;1`)];
        case 'door-close':
          return [say(`${node};2;1;0;16;0`)];
        case 'motion':
          return [say(`${node};3;1;0;16;1`)];
        case 'smoke':
          return [say(`${node};4;1;0;16;1`)];
        case 'battery-low':
          return [say(`${node};255;3;0;0;4`)];
        case 'reading':
          return [
            say(`${node};5;1;0;0;${between(random, -5, 25).toFixed(1)}`),
            say(`${node};6;1;0;1;${between(random, 30, 70).toFixed(0)}`, radioMs),
          ];
        default:
          return [];
      }
    }

    function answer(bytes: Uint8Array): Said[] {
      heard += Buffer.from(bytes).toString('latin1');
      const lines = heard.split('\n');
      heard = lines.pop() ?? '';
      return lines.flatMap(answerTo);
    }

    return {
      banner: () => [say('0;255;0;0;18;2.3.2'), say('0;255;3;0;14;Gateway startup complete.')],
      perform,
      answer,
      idle: {
        everyMs: 60_000,
        say() {
          beats += 1;
          return [say(`${firstNode};255;3;0;22;${beats * 60_000}`)];
        },
      },
    };
  },
};

function answerTo(line: string): Said[] {
  const [node = '', child = '', command = '', ack = '', type = '', payload = ''] = line.trim().split(';');
  if (command === '3' && node === '0' && type === '2') return [say('0;255;3;0;2;2.3.2')];
  if (command === '3' && type === '19') return presentation(node);
  if (command === '3' && type === '18') return [say(`${node};255;3;0;22;60000`, radioMs)];
  // The node that was told with ack repeats what it was told.
  return command === '1' && ack === '1' ? [say(`${node};${child};1;1;${type};${payload}`, radioMs)] : [];
}

function presentation(node: string): Said[] {
  const itself = [say(`${node};255;0;0;17;2.3.2`, radioMs), say(`${node};255;3;0;11;Carebell node`, radioMs)];
  return [
    ...itself,
    ...children.map(({ child, sensor, name }) => say(`${node};${child};0;0;${sensor};${name}`, radioMs)),
  ];
}

function say(text: string, pauseMs = 0): Said {
  return { bytes: Buffer.from(`${text}\n`, 'latin1'), pauseMs };
}
