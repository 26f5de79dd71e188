import { answerTargets } from '@carebell/contracts/report.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { organisationLevels } from '@carebell/contracts/roles.ts';
import { instant } from '../clock.ts';
import type { OrganisationEntry } from '../device/directory.ts';
import type { CaseFacts } from './case-facts.ts';
import { answeredAfterMs, isCounted, numbersOf } from './numbers.ts';

export type ReportPlace = {
  /** The organisations that the reader sees. */
  organisations: readonly OrganisationEntry[];
  /** A station and all above it. */
  lineageOf(stationId: string): readonly OrganisationEntry[];
  deviceName(deviceId: string): string;
};

const devicesAtMost = 100;
const slowAtMost = 200;

/** The numbers of every organisation, each over all cases at and below it. */
export function reportOf(
  facts: readonly CaseFacts[],
  { organisations, lineageOf, deviceName }: ReportPlace,
  nowMs: number,
): Pick<Report, 'all' | 'organisations' | 'devices' | 'slow'> {
  const byOrganisation = new Map<string, CaseFacts[]>();
  for (const [stationId, own] of Map.groupBy(facts, (one) => one.stationId)) {
    for (const { id } of stationId === null ? [] : lineageOf(stationId))
      byOrganisation.set(id, [...(byOrganisation.get(id) ?? []), ...own]);
  }
  return {
    all: numbersOf(facts, nowMs),
    organisations: organisations
      .toSorted(
        (a, b) =>
          organisationLevels.indexOf(a.level) - organisationLevels.indexOf(b.level) ||
          a.name.localeCompare(b.name, 'zh-CN'),
      )
      .map(({ id, name, level, parentId }) => ({
        id,
        name,
        level,
        parentId,
        numbers: numbersOf(byOrganisation.get(id) ?? [], nowMs),
      })),
    devices: devicesOf(facts.filter(isCounted), deviceName),
    slow: slowOf(facts.filter(isCounted), nowMs),
  };
}

function devicesOf(cases: readonly CaseFacts[], deviceName: (id: string) => string): Report['devices'] {
  return [...Map.groupBy(cases, ({ deviceId }) => deviceId)]
    .map(([deviceId, own]) => ({
      deviceId,
      name: deviceName(deviceId),
      stationId: own.at(-1)?.stationId ?? null,
      cases: own.length,
      falseAlarms: own.filter(({ disposition }) => disposition === 'false-alarm').length,
    }))
    .filter(({ falseAlarms }) => falseAlarms > 0)
    .toSorted((a, b) => b.falseAlarms - a.falseAlarms || a.deviceId.localeCompare(b.deviceId))
    .slice(0, devicesAtMost);
}

function slowOf(cases: readonly CaseFacts[], nowMs: number): Report['slow'] {
  const waited = (one: CaseFacts): number => answeredAfterMs(one) ?? nowMs - one.pressedAtMs;
  return cases
    .filter((one) => waited(one) > answerTargets.within180s.withinMs)
    .toSorted((a, b) => waited(b) - waited(a))
    .slice(0, slowAtMost)
    .map((one) => ({
      alarmId: one.alarmId,
      kind: one.kind,
      stationId: one.stationId,
      pressedAt: instant(one.pressedAtMs),
      answeredAfterMs: answeredAfterMs(one),
    }));
}
