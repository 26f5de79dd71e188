import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { personOf } from '../alarm/alarm-desk.ts';
import type { DeskOutcome, DeskUser } from '../alarm/alarm-desk.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { GuidedRoutePorts } from './guided-routes.ts';

type Ports = Pick<GuidedRoutePorts, 'desk' | 'commit' | 'reads' | 'troubled'>;

export type OpenedAccess =
  | { ok: true; access: string; isRecorded: boolean }
  | { ok: false; outcome: Extract<DeskOutcome, { ok: false }> | null };

/**
 * How to get in, for whoever has the alarm. That it is shown is stored before it is; only where the hub cannot store, a
 * life goes first: then it is shown to whom the hub's memory knows as the owner, and that it was not recorded is told.
 */
export async function openAccess(ports: Ports, user: DeskUser, alarmId: string): Promise<OpenedAccess> {
  const { desk, commit, reads, troubled } = ports;
  const alarm = await desk.visible(user, alarmId);
  if (!alarm) return { ok: false, outcome: null };
  const access = async (): Promise<string> =>
    (alarm.dwellingId === null ? undefined : await reads.registry.dwelling(alarm.dwellingId))?.access ?? '';
  try {
    // Nobody can own what is not stored; it is the same failing store.
    if (!alarm.isStored) throw new StoreFailure('store-failed', 'the alarm is not stored');
    const outcome = await desk.carryOut(user, alarmId, 'alarm.acknowledge', () =>
      commit('viewAccess', { alarmId, user: personOf(user) }),
    );
    return outcome.ok ? { ok: true, access: await access(), isRecorded: true } : { ok: false, outcome };
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    if (alarm.isStored && !isOwner(alarm, user))
      return { ok: false, outcome: { ok: false, reason: 'not-owner', alarm } };
    troubled('access-view.not-recorded', error);
    return { ok: true, access: await access(), isRecorded: false };
  }
}

function isOwner({ phase, owner }: AlarmView, user: DeskUser): boolean {
  return phase === 'acknowledged' && owner?.id === user.id;
}
