import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import { dispositions } from '@carebell/contracts/dispositions.ts';
import { decide, raise } from './alarm-machine.ts';
import type { AlarmInput, AlarmState } from './alarm-state.ts';

const policy = { displayWithinMs: 5_000, reopenWithinMs: 600_000 };
const li = { id: 'u-li', displayName: '李护士' };
const zhang = { id: 'u-zhang', displayName: '张护士' };

function raised(kind: 'help' | 'fall-suspected' = 'help'): AlarmState {
  return stateOf(
    raise(
      { kind, deviceId: 'b1', tellsResident: true, pressedAtMs: 1_000, receivedAtMs: 1_200, isLate: false },
      1_300,
      policy,
    ),
  );
}

function stateOf(decision: ReturnType<typeof decide>): AlarmState {
  if (!decision.ok) throw new Error(`refused: ${decision.reason}`);
  return decision.state;
}

const acknowledged = (): AlarmState =>
  stateOf(decide(raised(), { type: 'acknowledge', user: li }, 2_000, policy));
const close = (user: typeof li, note = ''): AlarmInput => ({
  type: 'close',
  user,
  mayCloseForOthers: false,
  disposition: 'helped-by-phone',
  proof: 'voice-contact',
  note,
});

describe('an alarm', () => {
  it('is raised at the station, tells the resident it was received and has a deadline to be displayed', () => {
    const decision = raise(
      {
        kind: 'help',
        deviceId: 'b1',
        tellsResident: true,
        pressedAtMs: 1_000,
        receivedAtMs: 1_200,
        isLate: false,
      },
      1_300,
      policy,
    );
    expect(decision).toMatchObject({
      ok: true,
      state: {
        phase: 'raised',
        priority: 'emergency',
        audience: 'station',
        displayDeadlineAtMs: 6_300,
        presses: 1,
      },
      steps: [{ step: 'raised', pressedAtMs: 1_000, receivedAtMs: 1_200 }],
      effects: [{ type: 'reassure', deviceId: 'b1', state: 'received' }],
    });
  });

  it('is joined by a further press, which is told what the first was told', () => {
    const press: AlarmInput = {
      type: 'pressed',
      kind: 'help',
      deviceId: 'b2',
      tellsResident: true,
      pressedAtMs: 4_000,
    };
    expect(decide(raised(), press, 4_100, policy)).toMatchObject({
      state: { presses: 2, lastPressedAtMs: 4_000, deviceIds: ['b1', 'b2'] },
      steps: [{ step: 'pressed-again', deviceId: 'b2' }],
      effects: [{ deviceId: 'b2', state: 'received' }],
    });
    expect(decide(acknowledged(), press, 4_100, policy)).toMatchObject({
      effects: [{ deviceId: 'b2', state: 'answered' }],
    });
  });

  it('is lifted by a confirmed fall and must be displayed anew', () => {
    const shown = stateOf(
      decide(raised('fall-suspected'), { type: 'displayed', user: li, screenId: 's' }, 2_000, policy),
    );
    const fall: AlarmInput = {
      type: 'pressed',
      kind: 'fall',
      deviceId: 'b1',
      tellsResident: true,
      pressedAtMs: 9_000,
    };
    expect(decide(shown, fall, 9_100, policy)).toMatchObject({
      state: { kind: 'fall', priority: 'emergency', displayedAtMs: null, displayDeadlineAtMs: 14_100 },
      steps: [{ step: 'lifted', kind: 'fall' }],
    });
  });

  it('is not lowered by a lesser event of its group', () => {
    const fallen = stateOf(
      decide(
        raised('fall-suspected'),
        { type: 'pressed', kind: 'fall', deviceId: 'b1', tellsResident: true, pressedAtMs: 1 },
        2,
        policy,
      ),
    );
    const suspected: AlarmInput = {
      type: 'pressed',
      kind: 'fall-suspected',
      deviceId: 'b1',
      tellsResident: true,
      pressedAtMs: 3,
    };
    expect(decide(fallen, suspected, 4, policy)).toMatchObject({
      state: { kind: 'fall', priority: 'emergency' },
    });
  });

  it('stays open when the resident takes it back', () => {
    const cancel: AlarmInput = {
      type: 'cancelled-by-resident',
      deviceId: 'b1',
      eventKind: 'button.cancelled',
    };
    expect(decide(raised(), cancel, 3_000, policy)).toMatchObject({
      state: { phase: 'raised', cancelledAtMs: 3_000 },
      steps: [{ step: 'cancelled-by-resident' }],
    });
  });

  it('goes to the street, the district and no further when no screen displays it', () => {
    let state = raised();
    for (const [nowMs, audience] of [
      [6_300, 'street'],
      [11_300, 'district'],
    ] as const) {
      const decision = decide(state, { type: 'deadline-passed' }, nowMs, policy);
      expect(decision).toMatchObject({
        state: { audience },
        steps: [{ step: 'audience-widened', audience }],
      });
      state = stateOf(decision);
    }
    expect(decide(state, { type: 'deadline-passed' }, 16_300, policy)).toMatchObject({
      state: { audience: 'district', displayDeadlineAtMs: null },
      steps: [],
    });
  });

  it('does not move on before its deadline, nor once a screen has displayed it', () => {
    const displayed = stateOf(
      decide(raised(), { type: 'displayed', user: li, screenId: 's' }, 2_000, policy),
    );
    expect(decide(displayed, { type: 'deadline-passed' }, 60_000, policy)).toMatchObject({
      state: { audience: 'station' },
    });
    expect(decide(raised(), { type: 'deadline-passed' }, 6_299, policy)).toMatchObject({
      state: { audience: 'station' },
    });
  });

  it('belongs to the operator who answered first', () => {
    expect(decide(acknowledged(), { type: 'acknowledge', user: zhang }, 2_100, policy)).toEqual({
      ok: false,
      reason: 'already-acknowledged',
    });
    expect(decide(acknowledged(), { type: 'acknowledge', user: li }, 2_100, policy)).toMatchObject({
      ok: true,
      steps: [],
    });
    expect(decide(acknowledged(), close(zhang), 2_100, policy)).toEqual({ ok: false, reason: 'not-owner' });
  });

  it('can be taken over, which is recorded', () => {
    expect(decide(acknowledged(), { type: 'take-over', user: zhang }, 3_000, policy)).toMatchObject({
      state: { owner: zhang },
      steps: [{ step: 'taken-over', user: zhang, from: li }],
    });
  });

  it('is closed with a disposition and tells the resident', () => {
    expect(decide(acknowledged(), close(li), 9_000, policy)).toMatchObject({
      state: { phase: 'closed', disposition: 'helped-by-phone', closedAtMs: 9_000 },
      effects: [{ deviceId: 'b1', state: 'closed' }],
    });
  });

  it('is not closed without a note where the disposition says nothing by itself', () => {
    const input: AlarmInput = {
      type: 'close',
      user: li,
      mayCloseForOthers: false,
      disposition: 'other',
      note: '',
    };
    expect(decide(acknowledged(), input, 9_000, policy)).toEqual({ ok: false, reason: 'note-missing' });
  });

  it('is not closed before somebody has answered it', () => {
    expect(decide(raised(), close(li), 9_000, policy)).toEqual({ ok: false, reason: 'not-acknowledged' });
  });
});

describe('over any history of inputs', () => {
  const user = fc.constantFrom(li, zhang);
  const input: fc.Arbitrary<AlarmInput> = fc.oneof(
    fc.record({
      type: fc.constant('pressed' as const),
      kind: fc.constantFrom(...alarmKindNames),
      deviceId: fc.constantFrom('b1', 'b2', 'b3'),
      tellsResident: fc.boolean(),
      pressedAtMs: fc.nat(100_000),
    }),
    fc.constant({ type: 'cancelled-by-resident', deviceId: 'b1', eventKind: 'button.cancelled' } as const),
    fc.record({ type: fc.constant('displayed' as const), user, screenId: fc.constant('s') }),
    fc.constant({ type: 'deadline-passed' } as const),
    fc.record({ type: fc.constantFrom('acknowledge' as const, 'take-over' as const), user }),
    fc.record({
      type: fc.constant('close' as const),
      user,
      mayCloseForOthers: fc.boolean(),
      disposition: fc.constantFrom(...dispositions),
      note: fc.constantFrom('', '已到场'),
    }),
  );
  const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), input), { maxLength: 40 });

  it('no raised alarm is without a display deadline unless a screen showed it or everyone was asked', () => {
    fc.assert(
      fc.property(history, (inputs) => {
        for (const state of run(inputs)) {
          if (state.phase !== 'raised') continue;
          const isWatched =
            state.displayDeadlineAtMs !== null ||
            state.displayedAtMs !== null ||
            state.audience === 'district';
          expect(isWatched).toBe(true);
        }
      }),
    );
  });

  it('a closed alarm has an owner and a disposition, and nothing that its devices and screens say changes it again', () => {
    fc.assert(
      fc.property(history, (inputs) => {
        let closed: AlarmState | undefined;
        for (const state of run(inputs)) {
          if (closed) expect(state).toEqual(closed);
          if (state.phase === 'closed') {
            closed = state;
            expect(dispositions).toContain(state.disposition);
            expect(state.owner.id).not.toBe('');
          }
        }
      }),
    );
  });

  it('the priority never falls and the presses never shrink', () => {
    const rank = { emergency: 0, urgent: 1, service: 2, technical: 3 };
    fc.assert(
      fc.property(history, (inputs) => {
        let before = raised('fall-suspected');
        for (const state of run(inputs)) {
          expect(rank[state.priority]).toBeLessThanOrEqual(rank[before.priority]);
          expect(state.presses).toBeGreaterThanOrEqual(before.presses);
          before = state;
        }
      }),
    );
  });

  function* run(inputs: readonly (readonly [number, AlarmInput])[]): Generator<AlarmState> {
    let state = raised('fall-suspected');
    let nowMs = 1_300;
    for (const [passedMs, next] of inputs) {
      nowMs += passedMs;
      const decision = decide(state, next, nowMs, policy);
      if (decision.ok) state = decision.state;
      yield state;
    }
  }
});
