import type { RuleChange, RuleTrial, TrialFinding } from '@carebell/contracts/detection.ts';
import { instantOrNull } from '../clock.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { DetectionReads, ReplayedResident, Told } from './detection-reads.ts';
import type { Finding } from './engine.ts';
import { rulesFor } from './packs.ts';
import { reasonOf } from './reason.ts';
import { beginReplay } from './replay.ts';
import { createTally } from './trial-tally.ts';
import type { WatchInput } from './watch.ts';

const dayMs = 86_400_000;
const residentsAtMost = 300;
/** Of one rule, in one answer. */
const findingsAtMost = 200;
/** About five milliseconds: what devices and screens want comes between. */
const inputsAtOnce = 250;

export type TrialCall = {
  scope: 'organisation' | 'resident';
  id: string;
  rules: readonly RuleChange[];
  days: number;
  /** The last resident of the answer before, and how many are looked at for this one. */
  after?: string | undefined;
  atOnce: number;
};

/** What changed rules would have raised over what the hub has stored, beside what the rules of now would. */
export async function tryRules(
  reads: DetectionReads,
  call: TrialCall,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): Promise<RuleTrial> {
  const sinceMs = nowMs - call.days * dayMs;
  const all =
    call.scope === 'resident' ? [call.id] : await reads.residentsBelow(call.id, residentsAtMost + 1);
  const ids = all.slice(0, residentsAtMost);
  const { after = '' } = call;
  const left = ids.filter((id) => id > after);
  const part = left.slice(0, call.atOnce);
  const { gaps: hubGaps } = await reads.hubLife();
  const zone = (atMs: number): number => zoneOffsetMs(timeZone, atMs);
  const tally = createTally(zone);
  let [messages, residentsHeard, firstMs] = [0, 0, Infinity];
  for (const residentId of part) {
    const resident = await reads.replayed(residentId, sinceMs);
    if (!resident) continue;
    const inputs = await inputsOf(reads, resident, sinceMs);
    const [first] = inputs;
    if (!first) continue;
    messages += inputs.length;
    residentsHeard += 1;
    firstMs = Math.min(firstMs, first.receivedMs);
    const { absences, buttonId, riskGroups, changes } = resident;
    const run = (rules: ReturnType<typeof rulesFor>): Promise<Finding[]> =>
      replaySlowly(inputs, nowMs, { rules, zone, absences, hubGaps, buttonId });
    const now = await run(
      rulesFor(
        riskGroups,
        changes.map(({ rules }) => rules),
      ),
    );
    const then = await run(rulesFor(riskGroups, changed(resident, call)));
    tally.enter({ residentId, residentName: resident.name }, now, then);
  }
  const { found, lost, byRule, byDay } = tally.told();
  return {
    residents: part.length,
    residentsInAll: ids.length,
    residentsHeard,
    days: call.days,
    messages,
    firstMessageAt: instantOrNull(firstMs === Infinity ? null : firstMs),
    isCut: all.length > residentsAtMost,
    byRule,
    byDay,
    findings: latest(found),
    lost: latest(lost),
    cursor: left.length > part.length ? (part.at(-1) ?? null) : null,
  };
}

type Found = {
  of: Pick<TrialFinding, 'residentId' | 'residentName' | 'isFoundNow'>;
  finding: Finding;
};

/** The latest first, of each rule so many at most: a rule that speaks often does not hide the others. */
function latest(findings: readonly Found[]): TrialFinding[] {
  const shown = new Map<string, number>();
  return findings
    .toSorted((a, b) => b.finding.noticedMs - a.finding.noticedMs)
    .filter(({ finding: { ruleId } }) => {
      const before = shown.get(ruleId) ?? 0;
      shown.set(ruleId, before + 1);
      return before < findingsAtMost;
    })
    .map(({ of, finding }) => ({ ...of, reason: reasonOf(finding) }));
}

/** The rules of the call stand in the place of what is entered there. */
function changed({ changes }: ReplayedResident, { scope, id, rules }: TrialCall): (readonly RuleChange[])[] {
  return changes.map((one) => (one.scope === scope && one.id === id ? rules : one.rules));
}

/** What was entered from elsewhere afterwards is tried as if it had come when it happened. */
function asIfInTime(told: Told): Told {
  return told.receivedMs - told.atMs > dayMs ? { ...told, receivedMs: told.atMs } : told;
}

async function inputsOf(
  reads: DetectionReads,
  { devices }: ReplayedResident,
  sinceMs: number,
): Promise<WatchInput[]> {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const told = (await reads.toldBy([...byId.keys()], sinceMs))
    .map(asIfInTime)
    .filter(({ receivedMs }) => receivedMs >= sinceMs)
    .toSorted((a, b) => a.receivedMs - b.receivedMs);
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
