import { expect, it, vi } from 'vitest';
import type { Gate, GateListener } from '../journal/gate.ts';
import type { Directory } from './directory.ts';
import { recordPresence } from './presence-recorder.ts';
import type { PresenceChange } from './presence-recorder.ts';

/** A gate whose commits end when the test says so. */
function open() {
  const commits: { availability: string; end: (error?: Error) => void }[] = [];
  const listeners: GateListener[] = [];
  let state: ReturnType<Gate['store']> = { is: 'ok' };
  const gate = {
    commit: (_: string, { availability }: PresenceChange) =>
      new Promise<void>((resolve, reject) => {
        commits.push({ availability, end: (error) => (error ? reject(error) : resolve()) });
      }),
    listen: (listener: GateListener) => void listeners.push(listener),
    store: () => state,
  } as unknown as Gate;
  const directory = { device: () => undefined, gateway: () => undefined } as unknown as Directory;
  const troubled = vi.fn<() => void>();
  const record = recordPresence(gate, directory, troubled);
  const change = (next: typeof state): void => {
    state = next;
    for (const listener of listeners) listener.storeChanged?.(next);
  };
  return {
    commits,
    troubled,
    is: (availability: 'online' | 'offline') =>
      record({ of: 'device', id: 'b1', availability, atMs: 0, cause: 'said' }),
    fails: () => change({ is: 'failing', sinceMs: 0, why: 'a commit is overdue' }),
    works: () => change({ is: 'ok' }),
  };
}

it('hands a change in once, however often the store fails and works again meanwhile', () => {
  const { commits, is, fails, works } = open();
  is('offline');
  for (let flap = 0; flap < 100; flap += 1) {
    fails();
    works();
  }
  expect(commits).toHaveLength(1);
});

it('hands in again what was not recorded, the latest state only, when the store works again', async () => {
  const { commits, troubled, is, fails, works } = open();
  is('offline');
  fails();
  is('online');
  is('offline');
  is('online');
  commits[0]?.end(new Error('overdue'));
  await vi.waitFor(() => expect(troubled).toHaveBeenCalledOnce());
  expect(commits).toHaveLength(1);
  works();
  expect(commits.map(({ availability }) => availability)).toEqual(['offline', 'online']);
  commits[1]?.end();
  await vi.waitFor(() => {
    fails();
    works();
    expect(commits).toHaveLength(2);
  });
});
