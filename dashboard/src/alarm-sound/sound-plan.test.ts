import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmPhase } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { arrivalPattern, lastingPattern } from './sound-plan.ts';

function heard(kind: AlarmKind, phase: AlarmPhase = 'raised', presses = 1, id = 'a') {
  return { id, kind, phase, presses, priority: alarmKinds[kind].priority };
}

const only = (...alarms: ReturnType<typeof heard>[]) => new Map(alarms.map((one) => [one.id, one]));

describe('the sound that lasts', () => {
  it.each([
    ['an emergency waits', [heard('meal'), heard('fall-suspected'), heard('help')], undefined, 'emergency'],
    ['only an urgent alarm waits', [heard('help', 'acknowledged'), heard('water')], undefined, 'urgent'],
    ['a service and equipment wait', [heard('meal'), heard('tamper')], undefined, 'service'],
    ['only equipment waits', [heard('tamper')], undefined, undefined],
    ['all are in hand', [heard('help', 'acknowledged')], undefined, undefined],
    ['the hub is lost for a moment', [], 14_000, undefined],
    ['the hub is lost for longer', [], 15_000, 'feed-lost'],
    ['the hub is lost while an emergency waits', [heard('help')], 60_000, 'emergency'],
  ] as const)('is right when %s', (_, alarms, feedLostForMs, pattern) => {
    expect(lastingPattern(alarms, feedLostForMs)?.pattern).toBe(pattern);
  });
});

describe('the sound of an arrival', () => {
  it.each([
    ['a new alarm', only(), only(heard('taxi')), 'service'],
    [
      'the gravest of several',
      only(),
      only(heard('taxi', 'raised', 1, 'a'), heard('help', 'raised', 1, 'b')),
      'emergency',
    ],
    ['a suspected fall that is confirmed', only(heard('fall-suspected')), only(heard('fall')), 'emergency'],
    [
      'a further press of an alarm in hand',
      only(heard('help', 'acknowledged')),
      only(heard('help', 'acknowledged', 2)),
      'emergency',
    ],
    ['an alarm that is already in hand', only(), only(heard('help', 'acknowledged')), undefined],
    ['an acknowledgement', only(heard('help')), only(heard('help', 'acknowledged')), undefined],
    ['a closing', only(heard('help')), only(), undefined],
  ] as const)('is right for %s', (_, before, after, pattern) => {
    expect(arrivalPattern(before, after)).toBe(pattern);
  });
});
