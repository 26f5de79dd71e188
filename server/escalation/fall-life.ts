import type { EscalationPlan, EscalationStep, FallLife } from './escalation-state.ts';

/** Movement within 5 s of the fall is the fall itself, or a sensor that still reports it. */
const movementCountsAfterMs = 5_000;
/** Movement is entered at most once a minute: a sensor in a busy room reports every few seconds. */
const movementEnteredEveryMs = 60_000;

type FallTurn = { fall: FallLife | null; steps: EscalationStep[] };

/** A suspected fall begins its grace time; one that is suspected again while it runs keeps the end that it has. */
export function suspectFall(plan: EscalationPlan, fall: FallLife | null, sinceMs: number): FallTurn {
  if (!plan.fall || fall?.stage === 'suspected') return { fall, steps: [] };
  const untilMs = sinceMs + plan.fall.graceMs;
  return {
    fall: { stage: 'suspected', sinceMs, movedAtMs: fall?.movedAtMs ?? null, dueAtMs: untilMs },
    steps: [{ step: 'grace-began', untilMs }],
  };
}

/** A detector, or the end of the grace time, says that the resident fell. */
export function confirmFall(plan: EscalationPlan, fall: FallLife | null, sinceMs: number): FallLife | null {
  if (!plan.fall) return fall;
  return {
    stage: 'confirmed',
    sinceMs,
    movedAtMs: fall?.movedAtMs ?? null,
    dueAtMs: sinceMs + plan.fall.stillLyingAfterMs,
  };
}

/** The resident cancels: the fall is not confirmed by the hub. The alarm stays open all the same. */
export function cancelFall(fall: FallLife | null): FallTurn {
  if (fall?.stage !== 'suspected') return { fall, steps: [] };
  return {
    fall: { ...fall, stage: 'not-confirmed', dueAtMs: null },
    steps: [{ step: 'fall-not-confirmed', because: 'cancelled' }],
  };
}

/**
 * Somebody moves in the dwelling. Where the resident lives alone it is the resident, who therefore does not lie; where
 * others live too it is entered and decides nothing.
 */
export function seeMovement(
  plan: EscalationPlan,
  fall: FallLife | null,
  { deviceId, movedAtMs }: { deviceId: string; movedAtMs: number },
): FallTurn {
  if (!fall || !plan.fall || movedAtMs < fall.sinceMs + movementCountsAfterMs) return { fall, steps: [] };
  const { isMovementOfResident, stillLyingAfterMs } = plan.fall;
  const isDecided = isMovementOfResident && (fall.stage === 'suspected' || fall.stage === 'still-lying');
  const sinceLastMs = fall.movedAtMs === null ? Infinity : movedAtMs - fall.movedAtMs;
  const isNews = isDecided || sinceLastMs >= movementEnteredEveryMs;
  if (!isNews) return { fall, steps: [] };
  const seen: EscalationStep[] = [{ step: 'movement-seen', deviceId, movedAtMs }];
  const moved = { ...fall, movedAtMs };
  if (!isMovementOfResident) return { fall: moved, steps: seen };
  switch (fall.stage) {
    case 'suspected':
      return {
        fall: { ...moved, stage: 'not-confirmed', dueAtMs: null },
        steps: [...seen, { step: 'fall-not-confirmed', because: 'movement' }],
      };
    case 'confirmed':
    case 'still-lying':
      return {
        fall: {
          ...moved,
          stage: 'confirmed',
          dueAtMs: Math.max(fall.dueAtMs ?? 0, movedAtMs + stillLyingAfterMs),
        },
        steps: seen,
      };
    case 'not-confirmed':
      return { fall: moved, steps: seen };
  }
}

/** What the fall's own deadline brings: the hub confirms it, or says that the resident is still lying. */
export function passFallDeadline(
  plan: EscalationPlan,
  fall: FallLife | null,
  nowMs: number,
): FallTurn & { isConfirmed: boolean; isStillLying: boolean } {
  const nothing = { fall, steps: [], isConfirmed: false, isStillLying: false };
  if (!fall || !plan.fall || fall.dueAtMs === null || fall.dueAtMs > nowMs) return nothing;
  switch (fall.stage) {
    case 'suspected':
      return {
        fall: confirmFall(plan, fall, nowMs),
        steps: [{ step: 'fall-confirmed', graceMs: plan.fall.graceMs }],
        isConfirmed: true,
        isStillLying: false,
      };
    case 'confirmed':
      return {
        fall: { ...fall, stage: 'still-lying', dueAtMs: null },
        steps: [{ step: 'still-lying', sinceMs: Math.max(fall.sinceMs, fall.movedAtMs ?? 0) }],
        isConfirmed: false,
        isStillLying: true,
      };
    case 'not-confirmed':
    case 'still-lying':
      return { ...nothing, fall: { ...fall, dueAtMs: null } };
  }
}
