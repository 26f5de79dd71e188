import { escalationPolicySchema } from '@carebell/contracts/escalation.ts';
import { describe, expect, it } from 'vitest';
import { complaintsOfProblem, complaintsOfSchema, staffWithinMs } from './policy-complaints.ts';

const minute = 60_000;
const policy = {
  name: 'x',
  steps: [{ afterMs: 0, recipients: ['station-operators'] }],
  repeatEveryMs: minute,
  acknowledgementExpiresAfterMs: minute,
  remindEveryMs: minute,
  deadlines: { answeredWithinMs: minute, closedWithinMs: minute },
};

function complaintsOf(change: object) {
  const parsed = escalationPolicySchema.safeParse({ ...policy, ...change });
  return complaintsOfSchema(parsed.error?.issues ?? []);
}

describe('what is wrong with a policy', () => {
  it.each([
    [{ name: ' ' }, { path: 'name', is: 'wrong', text: 'required' }],
    [{ repeatEveryMs: 1_000 }, { path: 'repeatEveryMs', is: 'too-short', ms: 30_000 }],
    [{ remindEveryMs: Number.NaN }, { path: 'remindEveryMs', is: 'wrong', text: 'number' }],
    [
      { steps: [{ afterMs: 0, recipients: [] }] },
      { path: 'steps.0.recipients', is: 'wrong', text: 'required' },
    ],
    [{ calls: { times: 9, withinMs: minute } }, { path: 'calls.times', is: 'out-of-range', n: 5 }],
  ])('is told at its field: %j', (change, complaint) => {
    expect(complaintsOf(change)).toMatchObject([complaint]);
  });

  it('is told for the policy that is open, and counted for the others', () => {
    const errors = [
      { field: 'policies.1.steps.0.afterMs', message: '', code: 'staff-too-late' },
      { field: 'policies.2.kinds', message: '', code: 'same-policy-twice' },
    ];
    const problem = { type: '', title: '', status: 400, code: 'policy-unsafe', detail: '', errors };
    expect(complaintsOfProblem(problem, 1)).toEqual({
      here: [{ path: 'steps.0.afterMs', is: 'fault', fault: 'staff-too-late' }],
      others: [3],
    });
  });

  it('counts the time for staff from the most urgent kind', () => {
    expect(staffWithinMs({ kinds: ['taxi', 'help'] })).toBe(60_000);
    expect(staffWithinMs({ kinds: [] })).toBe(60_000);
    expect(staffWithinMs({ kinds: ['battery-low'] })).toBe(86_400_000);
  });
});
