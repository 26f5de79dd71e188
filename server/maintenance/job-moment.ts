import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { FirmwareWish, JobMoment, JobReads, StationWish } from './job-reads.ts';

/** Batteries last months; that one will be flat is known early enough. */
const foreseenAgainAfterMs = 300_000;

export type MomentPorts = {
  clock: Pick<Clock, 'now'>;
  reads: Pick<JobReads, 'wishes'>;
  directory: Pick<Directory, 'organisations' | 'lineage'>;
  /** Batteries that will be flat soon, or are low, at these stations. */
  dueBatteries(
    stationIds: readonly string[] | 'all',
  ): Promise<readonly { deviceId: string; emptyAt: string | null }[]>;
};

/** Gathers what the jobs follow from; what is foreseen of batteries is kept for some minutes. */
export function createJobMoments({ clock, reads, directory, dueBatteries }: MomentPorts) {
  const foreseen = new Map<string, { atMs: number; forecasts: JobMoment['forecasts'] }>();

  async function forecasts(stationIds: readonly string[] | 'all'): Promise<JobMoment['forecasts']> {
    const key = stationIds === 'all' ? 'all' : stationIds.join(' ');
    const known = foreseen.get(key);
    if (known && clock.now() - known.atMs < foreseenAgainAfterMs) return known.forecasts;
    const due = await dueBatteries(stationIds);
    const fresh = due.map(({ deviceId, emptyAt }) => ({
      deviceId,
      emptyAtMs: emptyAt === null ? null : Date.parse(emptyAt),
    }));
    foreseen.set(key, { atMs: clock.now(), forecasts: fresh });
    return fresh;
  }

  return {
    async of(stationIds: readonly string[] | 'all'): Promise<JobMoment> {
      const wishes = await reads.wishes();
      return {
        nowMs: clock.now(),
        forecasts: await forecasts(stationIds),
        wishes: stationWishes(wishes, directory),
      };
    },
    /** Without what is foreseen: what somebody has undertaken does not follow from it any more. */
    async withoutForecast(): Promise<JobMoment> {
      const wishes = stationWishes(await reads.wishes(), directory);
      return { nowMs: clock.now(), forecasts: [], wishes };
    },
  };
}
export type JobMoments = ReturnType<typeof createJobMoments>;

/** Of each station what is wished there or nearest above. */
export function stationWishes(
  wishes: readonly FirmwareWish[],
  directory: Pick<Directory, 'organisations' | 'lineage'>,
): StationWish[] {
  if (wishes.length === 0) return [];
  const byPlace = new Map(wishes.map((wish) => [`${wish.organisationId} ${wish.type}`, wish.version]));
  const types = new Set(wishes.map(({ type }) => type));
  const found: StationWish[] = [];
  for (const { id, level } of directory.organisations()) {
    if (level !== 'station') continue;
    const lineage = directory.lineage(id);
    for (const type of types) {
      const nearest = lineage.find((place) => byPlace.has(`${place.id} ${type}`));
      const version = nearest && byPlace.get(`${nearest.id} ${type}`);
      if (version !== undefined) found.push({ stationId: id, type, version });
    }
  }
  return found;
}
