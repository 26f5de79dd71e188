import type { Rule } from '@carebell/contracts/detection.ts';
import type { DetectionReads, Sleeper } from './detection-reads.ts';
import { rulesFor } from './packs.ts';

/** The residents of a station, each with the rules that hold for them, as far as their number is not too large. */
export async function sleepersWithRules(
  reads: Pick<DetectionReads, 'sleepers' | 'organisationRules'>,
  { stationId, nowMs, atMost }: { stationId: string; nowMs: number; atMost: number },
): Promise<{ sleepers: { sleeper: Sleeper; rules: readonly Rule[] }[]; isCut: boolean }> {
  const [sleepers, lineage] = await Promise.all([
    reads.sleepers(stationId, nowMs, atMost + 1),
    reads.organisationRules(stationId),
  ]);
  const above = lineage.toReversed().map(({ rules }) => rules);
  return {
    sleepers: sleepers.slice(0, atMost).map((sleeper) => ({
      sleeper,
      rules: rulesFor(sleeper.riskGroups, [...above, sleeper.rules]),
    })),
    isCut: sleepers.length > atMost,
  };
}
