import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

/** A minute is what the ten of a station without a screen may be longer by. */
const lookEveryMs = 60_000;

/** Notes which stations have a screen of their own, and has it told when one has none for too long. */
export function watchScreens(ports: {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Clock;
  feed(): { organisations(): ReadonlySet<string> } | undefined;
  levelOf(organisationId: string): OrganisationLevel | undefined;
  troubled(event: string, error: unknown): void;
}): { stop(): void } {
  const { gate, clock, feed, levelOf, troubled } = ports;
  const listeningSinceMs = clock.now();
  let isNoting = false;
  const end = clock.every(lookEveryMs, () => {
    const organisations = feed()?.organisations();
    if (isNoting || organisations === undefined || gate.store().is === 'failing') return;
    const watched = [...organisations].filter((id) => levelOf(id) === 'station');
    isNoting = true;
    void gate
      .commit('noteScreens', { watched, listeningSinceMs })
      .catch((error: unknown) => troubled('screens.not-noted', error))
      .finally(() => {
        isNoting = false;
      });
  });
  return { stop: end };
}
