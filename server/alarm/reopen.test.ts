import { describe, expect, it } from 'vitest';
import { decide, raise } from './alarm-machine.ts';
import type { AlarmDecision, AlarmInput, AlarmState } from './alarm-state.ts';

const policy = { displayWithinMs: 5_000, reopenWithinMs: 600_000 };
const li = { id: 'u-li', displayName: '李护士' };
const zhang = { id: 'u-zhang', displayName: '张护士' };
const closedAtMs = 9_000;

function stateOf(decision: AlarmDecision): AlarmState {
  if (!decision.ok) throw new Error(`refused: ${decision.reason}`);
  return decision.state;
}

const raised = () =>
  stateOf(
    raise(
      { kind: 'help', deviceId: 'b1', tellsResident: true, pressedAtMs: 1, receivedAtMs: 2, isLate: false },
      3,
      policy,
    ),
  );
const acknowledged = () => stateOf(decide(raised(), { type: 'acknowledge', user: li }, 2_000, policy));
const close = {
  type: 'close',
  user: li,
  mayCloseForOthers: false,
  disposition: 'false-alarm',
  proof: 'voice-contact',
  note: 'wrong one',
} as const;
const closed = () => stateOf(decide(acknowledged(), close, closedAtMs, policy));
const reopen = {
  type: 'reopen',
  user: li,
  mayCloseForOthers: false,
  closedAtMs,
  isAnotherOpen: false,
  note: '',
} as const satisfies AlarmInput;

describe('a closing taken back', () => {
  it('leaves the alarm as it stood before, with a step, and tells the resident again that someone is on it', () => {
    const before = acknowledged();
    // What must follow the acknowledgement must follow the closing that was taken back.
    const escalation = { ...before.escalation, expiresAtMs: 310_000, remindAtMs: 610_000 };
    expect(decide(closed(), { ...reopen, note: 'closed the wrong one' }, 10_000, policy)).toEqual({
      ok: true,
      state: { ...before, escalation },
      steps: [{ step: 'reopened', user: li, note: 'closed the wrong one' }],
      effects: [{ type: 'reassure', deviceId: 'b1', state: 'answered' }],
    });
  });

  it('is taken back by a supervisor too, who then has the alarm', () => {
    const input: AlarmInput = { ...reopen, user: zhang, mayCloseForOthers: true, closedAtMs: null };
    expect(decide(closed(), input, 10_000, policy)).toMatchObject({
      state: { phase: 'acknowledged', owner: zhang, acknowledgedAtMs: 2_000 },
    });
  });

  it('is closed again like any other', () => {
    const open = stateOf(decide(closed(), reopen, 10_000, policy));
    expect(decide(open, close, 11_000, policy)).toMatchObject({
      state: { phase: 'closed', closedAtMs: 11_000 },
      steps: [{ step: 'closed' }],
    });
  });

  it.each([
    ['by another operator', { user: zhang }, 10_000, 'not-owner'],
    ['after ten minutes', {}, closedAtMs + 600_001, 'closed-too-long'],
    ['after another closing than the one meant', { closedAtMs: 8_000 }, 10_000, 'changed-meanwhile'],
    ['while another alarm of the resident is open', { isAnotherOpen: true }, 10_000, 'another-is-open'],
  ] as const)('is refused %s', (_, change, nowMs, reason) => {
    expect(decide(closed(), { ...reopen, ...change }, nowMs, policy)).toEqual({ ok: false, reason });
  });

  it.each([
    ['raised', raised],
    ['acknowledged', acknowledged],
  ] as const)('is refused of an alarm that is %s', (_, state) => {
    expect(decide(state(), reopen, 10_000, policy)).toEqual({ ok: false, reason: 'not-closed' });
  });
});
