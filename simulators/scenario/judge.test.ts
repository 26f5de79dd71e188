import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { Seen } from './judge.ts';
import type { Member } from './members.ts';
import { parseScenario } from './read-scenario.ts';
import { brokenResult, hasPassed, junitReport, resultTable } from './report.ts';

const read = parseScenario(`name: press
about: { zh-CN: 按, en: press }
residents:
  li: { copies: 2, devices: { button: { type: button } } }
steps:
  - { at: 0s, device: li.button, event: button.pressed, mark: pressed }
expect:
  - { alarm: help, of: li, within: 5s, after: pressed, presses: 1 }
  - { told: received, device: li.button, within: 5s, after: pressed }
  - { noAlarm: any, of: li, for: 3s }
`);
if (!read.ok) throw new Error('the scenario of this test is wrong');
const { scenario } = read;
const [raised, told, none] = scenario.expect;
const named = (member: Member) => `id-${member.key}`;
const help = (resident: string, presses = 1) =>
  ({ kind: 'help', residentId: `id-${resident}`, deviceId: '', presses }) as AlarmView;

const seen = (change: Partial<Seen>): Seen => ({
  nowMs: 2_000,
  startedAtMs: 0,
  marks: new Map([['pressed', 1_000]]),
  lastStepAtMs: 1_000,
  alarms: [],
  told: [],
  ...change,
});
const verdict = (expected: typeof raised, change: Partial<Seen>) =>
  judge(scenario, expected!, named, seen(change));

it('every copy must have its alarm, within the time from the mark on', () => {
  expect(verdict(raised, { alarms: [help('li1')] })).toEqual({ state: 'waiting', seen: 'li2: 0 of 1' });
  expect(verdict(raised, { alarms: [help('li1'), help('li2')] })).toMatchObject({
    state: 'met',
    afterMs: 1_000,
  });
  const late = { alarms: [help('li1'), help('li2')], nowMs: 7_000 };
  expect(verdict(raised, late)).toMatchObject({ state: 'failed', seen: 'too late' });
  expect(verdict(raised, { nowMs: 7_000 })).toMatchObject({ state: 'failed', seen: 'li1: 0 of 1' });
});

it('an alarm that is otherwise than expected is told with the difference', () => {
  const alarms = [help('li1', 3), help('li2')];
  expect(verdict(raised, { alarms, nowMs: 7_000 })).toMatchObject({ seen: 'li1: 3 presses' });
});

it('a mark that was never reached fails once there are no more steps', () => {
  expect(verdict(raised, { marks: new Map(), lastStepAtMs: undefined })).toMatchObject({ state: 'waiting' });
  expect(verdict(raised, { marks: new Map() })).toMatchObject({ state: 'failed' });
});

it('a reassurance counts for the device that was told', () => {
  const one = [{ key: 'li1-button', state: 'received' as const }];
  expect(verdict(told, { told: one })).toMatchObject({ state: 'waiting', seen: 'not told: li2-button' });
  expect(verdict(told, { told: [...one, { key: 'li2-button', state: 'received' }] })).toMatchObject({
    state: 'met',
  });
});

it('no alarm is no alarm until the time after the last step is over', () => {
  expect(verdict(none, { nowMs: 3_000 })).toMatchObject({ state: 'waiting' });
  expect(verdict(none, { nowMs: 4_000 })).toMatchObject({ state: 'met' });
  expect(verdict(none, { alarms: [help('li2')] })).toMatchObject({
    state: 'failed',
    seen: 'help was raised',
  });
});

it('a scenario that the hub would not let go on fails in every report', () => {
  const result = brokenResult(scenario, 'POST /alarms: 409 <closed>', 1_000);
  expect(hasPassed(result)).toBe(false);
  expect(resultTable([result]).join('\n')).toContain('✗ POST /alarms: 409 <closed>');
  expect(junitReport([result])).toContain('tests="4" failures="4"');
  expect(junitReport([result])).toContain('409 &lt;closed&gt;');
});
