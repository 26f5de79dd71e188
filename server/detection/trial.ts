import type { RuleChange, RuleTrial } from '@carebell/contracts/detection.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { DetectionReads, ReplayedResident } from './detection-reads.ts';
import type { Finding } from './engine.ts';
import { rulesFor } from './packs.ts';
import { reasonOf } from './reason.ts';
import { beginReplay } from './replay.ts';
import type { WatchInput } from './watch.ts';

const dayMs = 86_400_000;
const residentsAtMost = 300;
const findingsAtMost = 500;
/** About five milliseconds: what devices and screens want comes between. */
const inputsAtOnce = 250;

export type TrialCall = {
  scope: 'organisation' | 'resident';
  id: string;
  rules: readonly RuleChange[];
  days: number;
};

/** What changed rules would have raised over what the hub has stored, beside what the rules of now would. */
export async function tryRules(
  reads: DetectionReads,
  call: TrialCall,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): Promise<RuleTrial> {
  const sinceMs = nowMs - call.days * dayMs;
  const ids =
    call.scope === 'resident' ? [call.id] : await reads.residentsBelow(call.id, residentsAtMost + 1);
  const hubGaps = await reads.hubGaps();
  const found: RuleTrial['findings'] = [];
  const counts = new Map<string, { found: number; foundNow: number }>();
  let messages = 0;
  for (const residentId of ids.slice(0, residentsAtMost)) {
    const resident = await reads.replayed(residentId, sinceMs);
    if (!resident) continue;
    const inputs = await inputsOf(reads, resident, sinceMs);
    messages += inputs.length;
    const run = (rules: ReturnType<typeof rulesFor>): Promise<Finding[]> =>
      replaySlowly(inputs, nowMs, {
        rules,
        zone: (atMs) => zoneOffsetMs(timeZone, atMs),
        absences: resident.absences,
        hubGaps,
        buttonId: resident.buttonId,
      });
    const now = await run(
      rulesFor(
        resident.riskGroups,
        resident.changes.map(({ rules }) => rules),
      ),
    );
    const then = await run(rulesFor(resident.riskGroups, changed(resident, call)));
    const isSame = (a: Finding, b: Finding): boolean => a.ruleId === b.ruleId && a.sinceMs === b.sinceMs;
    for (const finding of now) countOf(counts, finding.ruleId).foundNow += 1;
    for (const finding of then) {
      countOf(counts, finding.ruleId).found += 1;
      const isFoundNow = now.some((other) => isSame(finding, other));
      found.push({ residentId, residentName: resident.name, reason: reasonOf(finding), isFoundNow });
    }
  }
  return {
    residents: Math.min(ids.length, residentsAtMost),
    days: call.days,
    messages,
    isCut: ids.length > residentsAtMost,
    byRule: [...counts].map(([ruleId, count]) => ({ ruleId, ...count })),
    findings: found
      .toSorted((a, b) => b.reason.noticedAt.localeCompare(a.reason.noticedAt))
      .slice(0, findingsAtMost),
  };
}

/** The rules of the call stand in the place of what is entered there. */
function changed({ changes }: ReplayedResident, { scope, id, rules }: TrialCall): (readonly RuleChange[])[] {
  return changes.map((one) => (one.scope === scope && one.id === id ? rules : one.rules));
}

async function inputsOf(
  reads: DetectionReads,
  { devices }: ReplayedResident,
  sinceMs: number,
): Promise<WatchInput[]> {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const told = await reads.toldBy([...byId.keys()], sinceMs);
  return told.flatMap(({ type, deviceId, kind, atMs, receivedMs, body }): WatchInput[] => {
    const device = byId.get(deviceId);
    if (!device) return [];
    if (type === 'event') return [{ type, device, kind: kind ?? '', atMs, receivedMs }];
    const values = (body === null ? {} : JSON.parse(body)) as Record<string, unknown>;
    return [{ type, device, values, atMs, receivedMs }];
  });
}

async function replaySlowly(
  inputs: readonly WatchInput[],
  untilMs: number,
  surroundings: Parameters<typeof beginReplay>[0],
): Promise<Finding[]> {
  const replaying = beginReplay(surroundings);
  for (const [index, input] of inputs.entries()) {
    replaying.take(input);
    if (index % inputsAtOnce === inputsAtOnce - 1)
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
  }
  return replaying.endAt(untilMs);
}

function countOf(counts: Map<string, { found: number; foundNow: number }>, ruleId: string) {
  const known = counts.get(ruleId) ?? { found: 0, foundNow: 0 };
  counts.set(ruleId, known);
  return known;
}
