import { answerTargets } from '@carebell/contracts/report.ts';
import type { DrillPart, DrillScore } from '@carebell/contracts/drill.ts';
import { alarmPolicy } from '../alarm/alarm-service.ts';
import type { AlarmState, AlarmStep } from '../alarm/alarm-state.ts';

/** Two hours, where no policy says when an alarm must be closed. */
const closedWithinMs = 7_200_000;
const handling: ReadonlySet<string> = new Set([
  'noted',
  'contact-tried',
  'responder-reported',
  'handed-over',
  'notification-queued',
  'script-step-done',
  'responder-asked',
  'access-viewed',
  'call-back-set',
]);

/** How a drill was handled: a quarter each for the screen, the answer, the handling and the end; late is worth half. */
export function scoreOf(state: AlarmState, steps: readonly { atMs: number; body: string }[]): DrillScore {
  const beganMs = state.pressedAtMs;
  const lines = steps.map(({ atMs, body }) => ({ atMs, ...(JSON.parse(body) as AlarmStep) }));
  const first = (name: AlarmStep['step']): number | null =>
    lines.find(({ step }) => step === name)?.atMs ?? null;
  const answeredMs = first('acknowledged');
  const closedMs = state.phase === 'closed' ? state.closedAtMs : null;
  const handled = lines.filter(
    ({ step, atMs }) =>
      handling.has(step) &&
      answeredMs !== null &&
      atMs >= answeredMs &&
      (closedMs === null || atMs <= closedMs),
  );
  const part = (name: DrillPart, atMs: number | null, withinMs: number, lateMs: number) => {
    const tookMs = atMs === null ? null : Math.max(0, atMs - beganMs);
    const points = tookMs === null || tookMs > lateMs ? 0 : tookMs > withinMs ? 12 : 25;
    return { part: name, points, tookMs, withinMs };
  };
  const closeMs = state.escalation?.plan.closedWithinMs ?? closedWithinMs;
  const { within60s, within180s } = answerTargets;
  const parts = [
    part('displayed', first('displayed'), alarmPolicy.displayWithinMs, 6 * alarmPolicy.displayWithinMs),
    part('answered', answeredMs, within60s.withinMs, within180s.withinMs),
    part('handled', handled[0]?.atMs ?? null, closeMs, closeMs),
    part('closed', closedMs, closeMs, 2 * closeMs),
  ];
  return { points: parts.reduce((sum, { points }) => sum + points, 0), parts, steps: handled.length };
}
