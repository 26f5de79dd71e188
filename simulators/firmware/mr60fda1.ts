import { wholeBetween } from '../random.ts';
import { atOnce } from './firmware.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

// Written from Seeed's wiki page of the radar: control word, command word, and data of one byte for every report.
const report = {
  heartbeat: [0x01, 0x01],
  started: [0x05, 0x01],
  presence: [0x80, 0x01],
  motion: [0x80, 0x02],
  bodySign: [0x80, 0x03],
  fall: [0x83, 0x01],
  version: [0x02, 0xa4],
} as const;

export const mr60fda1Board: Board = {
  driver: 'mr60fda1',
  about: { 'zh-CN': 'MR60FDA1 60 GHz 跌倒雷达', en: 'MR60FDA1, a 60 GHz fall radar' },
  line: { baudRate: 115_200 },
  acts: ['fall', 'motion', 'reading'],
  powerOn(random): Firmware {
    let held: number[] = [];
    let isFallen = false;
    let isSomebodyThere = false;
    let seconds = 0;

    const say = (words: readonly [number, number], ...data: number[]) => atOnce(frame(words, data));

    function perform(act: Act): Said[] {
      if (act === 'fall') {
        // The radar tells changes only, so whoever falls again has got up before.
        const up = isFallen ? [say(report.fall, 0)] : [];
        isFallen = true;
        return [...up, say(report.fall, 1)];
      }
      if (act === 'motion') {
        const arrival = isSomebodyThere ? [] : [say(report.presence, 1)];
        isSomebodyThere = true;
        return [...arrival, say(report.motion, 2)];
      }
      return act === 'reading' ? [say(report.motion, 1)] : [];
    }

    function answer(bytes: Uint8Array): Said[] {
      held.push(...bytes);
      const said: Said[] = [];
      for (;;) {
        const end = held.findIndex((byte, index) => byte === 0x43 && held[index - 1] === 0x54);
        if (end < 0) break;
        const asked = held.slice(0, end + 1);
        held = held.slice(end + 1);
        said.push(...answerTo(asked));
      }
      held = held.slice(-64);
      return said;
    }

    function answerTo(asked: number[]): Said[] {
      const [head, second, control, command] = asked;
      if (head !== 0x53 || second !== 0x59) return [];
      if (control === 0x01 && command === 0x01) return [say(report.heartbeat, 0x0f)];
      if (control === 0x02 && command === 0xa4)
        return [say(report.version, ...Buffer.from('G60FD1SYv010114'))];
      if (control === 0x83 && command === 0x81) return [say([0x83, 0x81], isFallen ? 1 : 0)];
      if (control === 0x80 && command === 0x81) return [say([0x80, 0x81], isSomebodyThere ? 1 : 0)];
      return [];
    }

    return {
      banner: () => [say(report.started, 0x0f)],
      perform,
      answer,
      idle: {
        everyMs: 1000,
        say() {
          seconds += 1;
          const sign = say(report.bodySign, isSomebodyThere ? wholeBetween(random, 2, 60) : 0);
          return seconds % 60 === 0 ? [sign, say(report.heartbeat, 0x0f)] : [sign];
        },
      },
    };
  },
};

function frame([control, command]: readonly [number, number], data: readonly number[]): Uint8Array {
  const body = [0x53, 0x59, control, command, data.length >> 8, data.length & 0xff, ...data];
  const sum = body.reduce((total, byte) => total + byte, 0) & 0xff;
  return Uint8Array.from([...body, sum, 0x54, 0x43]);
}
