import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Line, OnScreen } from './ledger.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type { LoadAnswer, LoadOrder, LoadPlace } from './load-process.ts';

/** The devices and the screen, in a process of their own that no fault reaches. */
export type Load = {
  /** What has been written so far. */
  ledger(): Ledger;
  /** Says nothing new until everything said is acknowledged and shown; what then stands on the screen. */
  settle(limitMs: number): Promise<OnScreen[]>;
  resume(): Promise<void>;
  end(): Promise<void>;
};

const lookEveryMs = 100;

export async function startLoad(place: LoadPlace): Promise<Load> {
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const file = openSync(place.ledgerFile, 'a+');
  const ledger = openLedger();
  let readBytes = 0;
  let rest = '';

  let answered: (answer: LoadAnswer) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  child.on('message', (answer) => answered(answer as LoadAnswer));
  child.on('exit', (code) => failed(new Error(`the load has ended (${String(code)})`)));

  /** One question at a time. */
  async function ask<A extends LoadAnswer>(message: LoadOrder | LoadPlace): Promise<A> {
    return new Promise((resolve, reject) => {
      answered = (answer) => resolve(answer as A);
      failed = reject;
      child.send(message);
    });
  }

  function readOn(): Ledger {
    const chunk = Buffer.alloc(1024 * 1024);
    for (;;) {
      const count = readSync(file, chunk, 0, chunk.length, readBytes);
      if (count === 0) return ledger;
      readBytes += count;
      const lines = (rest + chunk.toString('latin1', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) ledger.take(JSON.parse(line) as Line);
    }
  }

  await ask({ ...place });
  return {
    ledger: readOn,
    async settle(limitMs) {
      const untilMs = performance.now() + limitMs;
      for (;;) {
        const state = await ask<Extract<LoadAnswer, { is: 'state' }>>({ order: 'quiet' });
        const isStored = state.onScreen.every((alarm) => alarm.isStored);
        const isOver = state.waiting === 0 && state.isReported && isStored;
        if (isOver || performance.now() > untilMs) return state.onScreen;
        await pass(lookEveryMs);
      }
    },
    async resume() {
      await ask({ order: 'resume' });
    },
    async end() {
      const gone = once(child, 'exit');
      child.send({ order: 'end' });
      await gone;
      closeSync(file);
    },
  };
}
