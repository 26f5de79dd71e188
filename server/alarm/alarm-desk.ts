import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { Gate } from '../journal/gate.ts';
import type { AlarmReads } from './alarm-reads.ts';
import type { AlarmRefusal } from './alarm-state.ts';

export type DeskUser = { id: string; displayName: string; organisationId: string; role: Role };

export type DeskRefusal = AlarmRefusal | 'not-found' | 'not-stored' | 'forbidden';

/** An alarm after what a user did to it, or why that could not be done; `alarm` says how it stands instead. */
export type DeskOutcome =
  { ok: true; alarm: AlarmView } | { ok: false; reason: DeskRefusal; alarm: AlarmView | null };

export type AlarmDeskPorts = {
  gate: Gate;
  reads: AlarmReads;
  /** The alarm as it stands in memory, not-stored ones included. */
  find(alarmId: string): AlarmView | undefined;
  maySee(user: DeskUser, alarm: AlarmView): boolean;
  may(user: DeskUser, action: 'alarm.acknowledge' | 'alarm.close' | 'alarm.close-others'): boolean;
};

export type AlarmDesk = ReturnType<typeof createAlarmDesk>;

/** What users do to alarms, the same over HTTP and over the live feed: may they, does it exist for them, what came of it. */
export function createAlarmDesk({ gate, reads, find, maySee, may }: AlarmDeskPorts) {
  async function visible(user: DeskUser, alarmId: string): Promise<AlarmView | undefined> {
    const alarm = find(alarmId) ?? (await reads.view(alarmId));
    return alarm && maySee(user, alarm) ? alarm : undefined;
  }

  async function carryOut(
    user: DeskUser,
    alarmId: string,
    action: 'alarm.acknowledge' | 'alarm.close',
    work: () => Promise<{ ok: true } | { ok: false; reason: AlarmRefusal | 'not-found' }>,
  ): Promise<DeskOutcome> {
    if (!may(user, action)) return { ok: false, reason: 'forbidden', alarm: null };
    const before = await visible(user, alarmId);
    if (!before) return { ok: false, reason: 'not-found', alarm: null };
    if (!before.isStored) return { ok: false, reason: 'not-stored', alarm: before };
    const outcome = await work();
    const alarm = (await reads.view(alarmId)) ?? before;
    return outcome.ok ? { ok: true, alarm } : { ok: false, reason: outcome.reason, alarm };
  }

  return {
    visible,
    acknowledge: (
      user: DeskUser,
      call: { alarmId: string; takeOver?: boolean | undefined },
    ): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.acknowledge', () =>
        gate.commit('acknowledgeAlarm', {
          alarmId: call.alarmId,
          user: personOf(user),
          takeOver: call.takeOver === true,
        }),
      ),
    close: (
      user: DeskUser,
      call: { alarmId: string; disposition: Disposition; note: string },
    ): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.close', () =>
        gate.commit('closeAlarm', {
          ...call,
          user: personOf(user),
          mayCloseForOthers: may(user, 'alarm.close-others'),
        }),
      ),
    reopen: (
      user: DeskUser,
      call: { alarmId: string; note: string; closedAt?: string | undefined },
    ): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.close', () =>
        gate.commit('reopenAlarm', {
          alarmId: call.alarmId,
          note: call.note,
          closedAtMs: call.closedAt === undefined ? null : Date.parse(call.closedAt),
          user: personOf(user),
          mayCloseForOthers: may(user, 'alarm.close-others'),
        }),
      ),
    /** A screen of this user has painted these alarms. Answers how many of them it could have been shown. */
    async displayed(user: DeskUser, screenId: string, alarmIds: readonly string[]): Promise<number> {
      const shown = alarmIds.filter((alarmId) => {
        const alarm = find(alarmId);
        return alarm !== undefined && maySee(user, alarm);
      });
      // What a screen has shown before, or cannot be stored now, needs no line in the journal.
      const news = shown.filter((alarmId) => {
        const alarm = find(alarmId);
        return alarm?.isStored === true && alarm.displayedAt === null;
      });
      if (news.length > 0)
        await gate.commit('recordDisplayed', { alarmIds: news, user: personOf(user), screenId });
      return shown.length;
    },
  };
}

function personOf({ id, displayName }: DeskUser): { id: string; displayName: string } {
  return { id, displayName };
}
