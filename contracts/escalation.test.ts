import { describe, expect, it } from 'vitest';
import { escalationPolicySchema } from './escalation.ts';
import type { NewEscalationPolicy } from './escalation.ts';
import { faultsOf, faultsOfAll } from './escalation-check.ts';
import { previewOf } from './escalation-preview.ts';

const seconds = 1_000;
const minutes = 60 * seconds;

function policy(change: Partial<NewEscalationPolicy> = {}) {
  return escalationPolicySchema.parse({
    name: 'calls for help',
    kinds: ['help'],
    steps: [
      { afterMs: 0, recipients: ['station-operators'] },
      { afterMs: 30 * seconds, recipients: ['keyholders'], mode: 'in-order' },
      { afterMs: 90 * seconds, since: 'previous-step', recipients: ['district'] },
    ],
    repeatEveryMs: 2 * minutes,
    acknowledgementExpiresAfterMs: 5 * minutes,
    remindEveryMs: 10 * minutes,
    deadlines: {
      answeredWithinMs: 60 * seconds,
      onSiteWithinMs: { centre: 15 * minutes, remote: 30 * minutes },
      closedWithinMs: 120 * minutes,
    },
    ...change,
  });
}

describe('a policy that could leave an alarm without anybody', () => {
  const cases: [why: string, change: Partial<NewEscalationPolicy>, code: string, field: string][] = [
    [
      'is refused when nobody above the station is told',
      { steps: [{ afterMs: 0, recipients: ['station-operators', 'family'] }] },
      'nobody-above-station',
      'steps.0.recipients',
    ],
    [
      'is refused when the step that is repeated for ever only asks contacts',
      {
        steps: [
          { afterMs: 0, recipients: ['station-operators', 'street'] },
          { afterMs: minutes, recipients: ['family'] },
        ],
      },
      'last-step-without-staff',
      'steps.1.recipients',
    ],
    [
      'is refused when a call for help waits for more than a minute for the first operator',
      { steps: [{ afterMs: 61 * seconds, recipients: ['street'] }] },
      'staff-too-late',
      'steps.0.afterMs',
    ],
    [
      'is refused when a later step comes before an earlier one',
      {
        steps: [
          { afterMs: 30 * seconds, recipients: ['station-operators'] },
          { afterMs: 20 * seconds, recipients: ['street'] },
        ],
      },
      'steps-out-of-order',
      'steps.1.afterMs',
    ],
  ];
  it.each(cases)('%s', (_, change, code, field) => {
    expect(faultsOf(policy(change))).toMatchObject([{ code, field, message: expect.any(String) }]);
  });

  it('is refused when another one is for the same alarms, since one of them would never hold', () => {
    expect(faultsOfAll([policy(), policy({ name: 'again' })])).toMatchObject([
      { code: 'same-policy-twice', field: 'policies.1.kinds' },
    ]);
  });
});

it('a sound policy has no faults', () => {
  expect(faultsOfAll([policy(), policy({ riskGroups: ['dementia'] })])).toEqual([]);
});

it('equipment may wait for its first operator, a call for help may not', () => {
  const steps: NewEscalationPolicy['steps'] = [{ afterMs: 600 * seconds, recipients: ['street'] }];
  expect(faultsOf(policy({ kinds: ['battery-low'], steps }))).toEqual([]);
  expect(faultsOf(policy({ kinds: [], steps }))).toMatchObject([{ code: 'staff-too-late' }]);
});

describe('the preview', () => {
  it('says in the order of time what happens if nobody answers', () => {
    const lines = previewOf(policy()).unanswered.map(
      (line) => `${line.atMs / 1000} ${line.line} ${'recipients' in line ? line.recipients.join('+') : ''}`,
    );
    expect(lines).toEqual([
      '0 step station-operators',
      '30 step keyholders',
      '60 deadline ',
      '120 called-again keyholders',
      '120 step district',
      '240 step district',
      '360 step district',
      '900 deadline ',
      '1800 deadline ',
      '7200 deadline ',
    ]);
  });

  it('says what happens if nothing follows an answer', () => {
    expect(previewOf(policy()).answered).toEqual([
      { line: 'acknowledgement-expires', atMs: 5 * minutes },
      { line: 'reminder', atMs: 10 * minutes },
    ]);
  });

  it('shows the life of a fall where the policy is for falls', () => {
    const { unanswered } = previewOf(policy({ kinds: ['fall-suspected'] }));
    expect(unanswered.filter(({ line }) => line === 'fall-confirmed' || line === 'still-lying')).toEqual([
      { line: 'fall-confirmed', atMs: 30 * seconds },
      { line: 'still-lying', atMs: 330 * seconds },
    ]);
  });
});
