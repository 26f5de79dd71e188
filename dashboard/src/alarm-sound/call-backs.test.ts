import { expect, it } from 'vitest';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { heardBy } from './call-backs.ts';
import { lastingPattern } from './sound-plan.ts';

const li = { id: 'li', displayName: 'Li' };
const alarms = (isDue: boolean, priority: ShownAlarm['priority']) =>
  new Map([
    [
      'a',
      {
        id: 'a',
        priority,
        phase: 'acknowledged',
        presses: 1,
        kind: 'help',
        owner: li,
        callBack: { dueAt: '2026-03-14T08:00:00.000Z', isDue, user: li, note: '' },
      } as ShownAlarm,
    ],
  ]);
const pattern = (isDue: boolean, priority: ShownAlarm['priority'], myId: string) =>
  lastingPattern(heardBy(alarms(isDue, priority), myId).values(), undefined)?.pattern;

it('a call-back rings as its alarm did, when it is due, for whoever has the alarm', () => {
  expect(pattern(false, 'emergency', 'li')).toBeUndefined();
  expect(pattern(true, 'emergency', 'zhang')).toBeUndefined();
  expect(pattern(true, 'emergency', 'li')).toBe('emergency');
  expect(pattern(true, 'technical', 'li')).toBe('service');
});
