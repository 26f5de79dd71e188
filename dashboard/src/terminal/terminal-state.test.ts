import { expect, it } from 'vitest';
import type { LinkView } from '../device-link/device-link.ts';
import { mayCancel, terminalState } from './terminal-state.ts';

const view = (change: Partial<LinkView> = {}): LinkView => ({
  link: 'online',
  waiting: [],
  reassurance: null,
  timesIdentified: 0,
  ...change,
});
const press = { id: 'a', kind: 'button.pressed', happenedAtMs: 0 } as const;
const call = { key: 'help', atMs: 0, isCancelled: false } as const;
const received = { alarmId: 'a', state: 'received' } as const;

it.each([
  ['ready', view(), undefined, 0],
  ['no-connection', view({ link: 'offline' }), undefined, 0],
  ['refused', view({ link: 'refused' }), undefined, 0],
  ['sending', view({ waiting: [press] }), call, 1_000],
  ['not-sent', view({ waiting: [press] }), call, 3_000],
  ['not-sent', view({ waiting: [press], link: 'offline' }), call, 100],
  ['not-sent', view({ waiting: [press], reassurance: received }), call, 3_000],
  ['sent', view(), call, 1_000],
  ['received', view({ reassurance: received }), call, 1_000],
  ['received', view({ reassurance: received, link: 'offline' }), call, 1_000],
  ['cancelled', view({ reassurance: received }), { ...call, isCancelled: true }, 1_000],
] as const)('says %s', (says, shown, last, now) => {
  expect(terminalState(shown, last, now)).toEqual({ says });
});

it('a press can be taken back for a minute, and not once it is dealt with', () => {
  expect(mayCancel(view(), call, 59_000)).toBe(true);
  expect(mayCancel(view(), call, 61_000)).toBe(false);
  expect(mayCancel(view({ reassurance: { alarmId: 'a', state: 'closed' } }), call, 1_000)).toBe(false);
});
