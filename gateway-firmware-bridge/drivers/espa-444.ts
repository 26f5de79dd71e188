import { z } from 'zod';
import type { PolledDriver, Poller } from './driver.ts';
import { control, createEspaReader } from './espa-block.ts';
import type { Block, EspaToken } from './espa-block.ts';
import { callOf, callSettings, orderBlock } from './espa-call.ts';

const address = z.string().regex(/^[0-9A-Za-z]$/, 'use one character such as "2"');

const optionsSchema = z.strictObject({
  /** `station`: the nurse call system is the control station and polls us. `control`: we poll it. */
  role: z.enum(['station', 'control']).default('station'),
  /** Of two stations the calling system is recommended to be "1" and the paging system "2" (section 3.1). */
  address: address.default('2'),
  peer: address.default('1'),
  /** A system that does not poll itself first means "select" by the first enquiry; the standard means "poll". */
  firstEnquiry: z.enum(['poll', 'select']).default('poll'),
  pollEveryMs: z.number().int().min(50).default(1000),
  answerMs: z.number().int().min(20).default(2000),
  orderMs: z.number().int().min(100).default(20_000),
  ...callSettings,
});
type Options = z.infer<typeof optionsSchema>;

export const espa444: PolledDriver = {
  name: 'espa-444',
  about: 'nurse call systems with an ESPA 4.4.4 interface (calls to pagers, texts to displays)',
  mode: 'polled',
  // The standard leaves the rate to the two systems; 9600 8N1 is what most are delivered with.
  line: { baudRate: 9600 },
  addressScope: 'port',
  silenceLimitMs: 60_000,
  createPoller: (options, line) => createStation(optionsSchema.parse(options), line),
};

type Line = Parameters<PolledDriver['createPoller']>[1];
type Waiting = {
  block: Uint8Array;
  attempts: number;
  isOverdue: boolean;
  settle(result: { ok: boolean; reason?: string }): void;
};
type State = 'idle' | 'polled' | 'polling' | 'receiving' | 'selecting' | 'sending';

const mostAttempts = 3;
/** A poll each second need not always be told as a sign of life. */
const aliveEveryMs = 10_000;

function createStation(options: Options, line: Line): Poller {
  const reader = createEspaReader();
  const orders: Waiting[] = [];
  let state: State = 'idle';
  let watch: NodeJS.Timeout | undefined;
  let polls: NodeJS.Timeout | undefined;
  let unanswered = 0;
  let aliveAtMs = -Infinity;

  /** Whatever the state waits for comes within `answerMs`, or the link begins anew. */
  function become(next: State): void {
    clearTimeout(watch);
    state = next;
    watch = next === 'idle' ? undefined : setTimeout(giveUp, options.answerMs);
  }

  function write(...words: (string | number)[]): void {
    line.write(Uint8Array.from(words.map((word) => (typeof word === 'number' ? word : word.charCodeAt(0)))));
  }

  function giveUp(): void {
    line.decoded(reader.quiet());
    if (state === 'polling') {
      unanswered += 1;
      if (unanswered === mostAttempts) line.answering?.(`station.${options.peer}`, false);
    }
    if (state === 'selecting' || state === 'sending') failAttempt('no-answer');
    // Section 3.3: an EOT of the control station puts the link into a known state.
    if (options.role === 'control' || state === 'selecting' || state === 'sending')
      write(control.endOfTransmission);
    become('idle');
  }

  function take(token: EspaToken): void {
    if (token.of === 'block') return takeBlock(token.block, token.bytes);
    if (token.of === 'enquiry') return takeEnquiry(token.address);
    if (token.of === 'acknowledged') return takeAcknowledgement();
    if (token.of === 'refused') return takeRefusal();
    if (state === 'polling') answered();
    if (state === 'selecting' || state === 'sending') failAttempt('ended');
    become('idle');
  }

  function takeEnquiry(called: string): void {
    if (state === 'selecting' || state === 'sending') become('idle');
    const isPoll = state === 'idle' && options.role === 'station' && options.firstEnquiry === 'poll';
    if (state === 'polling') answered();
    if (called !== options.address) return become(isPoll ? 'polled' : state);
    tellAlive();
    if (!isPoll) {
      write(control.acknowledge);
      return become('receiving');
    }
    if (orders.length === 0) return write(control.endOfTransmission);
    write(options.peer, control.enquiry);
    become('selecting');
  }

  function tellAlive(): void {
    if (performance.now() - aliveAtMs < aliveEveryMs) return;
    aliveAtMs = performance.now();
    line.decoded([{ of: 'firmware', says: 'alive' }]);
  }

  function takeBlock(block: Block, bytes: Uint8Array): void {
    // The acknowledgement goes through the bridge behind the call, which is on the disk before the caller is told.
    line.decoded([callOf(block, bytes, options), { of: 'reply', bytes: Uint8Array.of(control.acknowledge) }]);
    become('receiving');
  }

  function takeAcknowledgement(): void {
    const order = orders[0];
    if (order === undefined) return;
    if (state === 'selecting') {
      line.write(order.block);
      return become('sending');
    }
    if (state !== 'sending') return;
    orders.shift();
    order.settle({ ok: true });
    write(control.endOfTransmission);
    become('idle');
  }

  function takeRefusal(): void {
    if (state !== 'selecting' && state !== 'sending') return;
    const isLast = failAttempt('refused');
    if (state === 'sending' && !isLast && orders[0]) {
      line.write(orders[0].block);
      return become('sending');
    }
    write(control.endOfTransmission);
    become('idle');
  }

  function failAttempt(reason: string): boolean {
    const order = orders[0];
    if (order === undefined) return true;
    order.attempts += 1;
    if (order.attempts < mostAttempts && !order.isOverdue) return false;
    orders.shift();
    order.settle({ ok: false, reason });
    return true;
  }

  function answered(): void {
    if (unanswered >= mostAttempts) line.answering?.(`station.${options.peer}`, true);
    unanswered = 0;
    tellAlive();
  }

  function poll(): void {
    if (state !== 'idle') return;
    if (orders.length === 0) {
      write(options.peer, control.enquiry);
      return become('polling');
    }
    // The control station polls itself, and as the temporary master selects the other.
    write(options.address, control.enquiry, options.peer, control.enquiry);
    become('selecting');
  }

  return {
    start() {
      if (options.role !== 'control') return;
      write(control.endOfTransmission);
      clearInterval(polls);
      polls = setInterval(poll, options.pollEveryMs);
    },
    push(bytes) {
      for (const token of reader.push(bytes)) {
        if (token.of !== 'rejected') {
          take(token);
          continue;
        }
        line.decoded([token]);
        // Reason 1: the block came damaged (section 2.4); the sender repeats it.
        if (token.reason === 'checksum') {
          write('1', control.notAcknowledge);
          become('receiving');
        }
      }
    },
    async stop() {
      clearInterval(polls);
      become('idle');
      for (const order of orders.splice(0)) order.settle({ ok: false, reason: 'stopped' });
    },
    order: (order) =>
      new Promise((resolve) => {
        const block = orderBlock(order, options);
        if (block === undefined) {
          resolve({ ok: false, reason: 'no-display' });
          return;
        }
        const tooLate = setTimeout(() => {
          waiting.isOverdue = true;
          // One that is being sent has its own limit, and its acknowledgement may be on the way.
          if (orders[0] === waiting && (state === 'selecting' || state === 'sending')) return;
          orders.splice(orders.indexOf(waiting), 1);
          waiting.settle({ ok: false, reason: 'not-polled' });
        }, options.orderMs);
        const waiting: Waiting = {
          block,
          attempts: 0,
          isOverdue: false,
          settle(result) {
            clearTimeout(tooLate);
            resolve(result);
          },
        };
        orders.push(waiting);
      }),
  };
}
