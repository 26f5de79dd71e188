import { atOnce } from './firmware.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

// Written from the 1984 proposal as annotated by G. Scott: the nurse call system is the control station "1", and takes
// the bridge for a paging system, station "2".
const ours = '1';
const theirs = '2';
const [soh, stx, etx, eot, enq, ack, nak, rs, us] = [
  '\u0001',
  '\u0002',
  '\u0003',
  '\u0004',
  '\u0005',
  '\u0006',
  '\u0015',
  '\u001e',
  '\u001f',
] as const;

const linkControls: readonly string[] = [eot, enq, ack, nak];

export const espa444Board: Board = {
  driver: 'espa-444',
  about: {
    'zh-CN': 'ESPA 4.4.4 护理呼叫系统（主站）',
    en: 'a nurse call system with ESPA 4.4.4 (control station)',
  },
  line: { baudRate: 9600 },
  acts: ['press'],
  isPolled: true,
  powerOn(): Firmware {
    const calls: string[] = [];
    let state: 'idle' | 'polling' | 'selecting' | 'sending' | 'receiving' = 'idle';
    let patience = 0;
    let held = '';

    const say = (text: string): Said[] => [atOnce(Buffer.from(text, 'latin1'))];
    const become = (next: typeof state, text: string) => {
      state = next;
      patience = 0;
      return say(text);
    };

    function next(): Said[] {
      if (calls.length > 0) return become('selecting', `${eot}${ours}${enq}${theirs}${enq}`);
      return become('polling', `${eot}${theirs}${enq}`);
    }

    function perform(act: Act, sender: number): Said[] {
      if (act !== 'press') return [];
      const room = 101 + sender;
      calls.push(block('550', `CALL ROOM ${room}`, '3'));
      return state === 'idle' ? next() : [];
    }

    function answer(bytes: Uint8Array): Said[] {
      held += Buffer.from(bytes).toString('latin1');
      const said: Said[] = [];
      for (let word = takeWord(); word !== undefined; word = takeWord()) said.push(...answerTo(word));
      return said;
    }

    /** A block with its check character, or all up to the next control character of the link. */
    function takeWord(): string | undefined {
      const isBlock = held.startsWith(soh);
      const end = isBlock
        ? held.indexOf(etx) + 1
        : held.split('').findIndex((each) => linkControls.includes(each));
      const isThere = isBlock ? end > 0 && end < held.length : end >= 0;
      const word = held.slice(0, end + 1);
      if (isThere) held = held.slice(end + 1);
      else if (held.length > 600) held = '';
      return isThere ? word : undefined;
    }

    function answerTo(word: string): Said[] {
      if (word.startsWith(soh)) {
        return isWhole(word) ? become('receiving', ack) : become('receiving', `1${nak}`);
      }
      const control = word.at(-1);
      if (control === enq) return word.startsWith(ours) ? become('receiving', ack) : [];
      if (control === eot) {
        state = 'idle';
        return calls.length > 0 ? next() : [];
      }
      if (control === nak && state === 'sending') return become('sending', calls[0] ?? eot);
      if (control !== ack) return [];
      if (state === 'selecting') return become('sending', calls[0] ?? eot);
      if (state !== 'sending') return [];
      calls.shift();
      return become('idle', eot);
    }

    return {
      banner: () => say(eot),
      perform,
      answer,
      idle: {
        everyMs: 1000,
        say() {
          patience += 1;
          // Whoever does not answer within two seconds is asked anew, and a call that was not taken is offered again.
          return state === 'idle' || patience > 2 ? next() : [];
        },
      },
    };
  },
};

function block(pager: string, text: string, priority: string): string {
  const records = [
    ['1', pager],
    ['2', text],
    ['3', '2'],
    ['4', '3'],
    ['5', '1'],
    ['6', priority],
  ];
  const checked = `1${stx}${records.map((record) => record.join(us)).join(rs)}${etx}`;
  return soh + checked + String.fromCharCode(check(checked));
}

function isWhole(word: string): boolean {
  return check(word.slice(1, -1)) === word.charCodeAt(word.length - 1);
}

function check(text: string): number {
  return Buffer.from(text, 'latin1').reduce((sum, byte) => sum ^ byte, 0);
}
