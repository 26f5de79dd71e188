import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { Proof } from '@carebell/contracts/closing-proofs.ts';
import type { CloseRestoredBody } from '@carebell/contracts/restored.ts';
import type { Gate } from '../journal/gate.ts';
import type { AlarmReads } from './alarm-reads.ts';
import type { AlarmRefusal } from './alarm-state.ts';
import { closedAtOnce } from './restored-works.ts';
import type { ClosedTogether } from './restored-works.ts';

export type DeskUser = { id: string; displayName: string; organisationId: string; role: Role };

export type DeskRefusal =
  | AlarmRefusal
  | 'not-found'
  | 'not-stored'
  | 'forbidden'
  | 'contact-unknown'
  | 'colleague-unknown'
  | 'script-step-unknown'
  | 'answer-unfit'
  | 'responder-unknown'
  | 'no-channel';

/** An alarm after what a user did to it, or why that could not be done; `alarm` says how it stands instead. */
export type DeskOutcome =
  { ok: true; alarm: AlarmView } | { ok: false; reason: DeskRefusal; alarm: AlarmView | null };

/** Which alarms another operator has now, and which stayed; or why none could be handed over. */
export type HandOverOutcome =
  | { ok: true; handedOver: string[]; kept: string[] }
  | { ok: false; reason: Extract<DeskRefusal, 'forbidden' | 'colleague-unknown'> };

export type AlarmDeskPorts = {
  gate: Gate;
  reads: AlarmReads;
  /** The alarm as it stands in memory, not-stored ones included. */
  find(alarmId: string): AlarmView | undefined;
  /** The open alarms that a user of this organisation sees. */
  open(organisationId: string): AlarmView[];
  maySee(user: DeskUser, alarm: AlarmView): boolean;
  /** Somebody to hand over to. */
  colleague(userId: string): Promise<(DeskUser & { isActive: boolean }) | undefined>;
  may(
    user: DeskUser,
    action: 'alarm.acknowledge' | 'alarm.close' | 'alarm.close-others' | 'alarm.close-without-proof',
  ): boolean;
};

export type AlarmDesk = ReturnType<typeof createAlarmDesk>;

/** What users do to alarms, the same over HTTP and over the live feed: may they, does it exist for them, what came of it. */
export function createAlarmDesk({ gate, reads, find, maySee, may, colleague, open }: AlarmDeskPorts) {
  async function visible(user: DeskUser, alarmId: string): Promise<AlarmView | undefined> {
    const alarm = find(alarmId) ?? (await reads.view(alarmId));
    return alarm && maySee(user, alarm) ? alarm : undefined;
  }

  /** What a right, a visible alarm and a store allow, done in one work; the alarm as it stands afterwards. */
  async function carryOut(
    user: DeskUser,
    alarmId: string,
    action: 'alarm.acknowledge' | 'alarm.close',
    work: () => Promise<{ ok: true } | { ok: false; reason: DeskRefusal }>,
  ): Promise<DeskOutcome> {
    if (!may(user, action)) return { ok: false, reason: 'forbidden', alarm: null };
    const before = await visible(user, alarmId);
    if (!before) return { ok: false, reason: 'not-found', alarm: null };
    if (!before.isStored) return { ok: false, reason: 'not-stored', alarm: before };
    const outcome = await work();
    const alarm = (await reads.view(alarmId)) ?? before;
    return outcome.ok ? { ok: true, alarm } : { ok: false, reason: outcome.reason, alarm };
  }

  async function receiverOf(userId: string): Promise<DeskUser | undefined> {
    const found = await colleague(userId);
    return found?.isActive === true && may(found, 'alarm.acknowledge') ? found : undefined;
  }

  return {
    visible,
    carryOut,
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
      call: {
        alarmId: string;
        disposition: Disposition;
        note: string;
        proof?: Proof | undefined;
        withoutProofBecause?: string | undefined;
      },
    ): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.close', () =>
        gate.commit('closeAlarm', {
          ...call,
          user: personOf(user),
          mayCloseForOthers: may(user, 'alarm.close-others'),
          mayWaiveProof: may(user, 'alarm.close-without-proof'),
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
    note: (user: DeskUser, call: { alarmId: string; note: string }): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.acknowledge', () =>
        gate.commit('noteAlarm', { ...call, user: personOf(user) }),
      ),
    tryContact: (
      user: DeskUser,
      call: { alarmId: string; phone: string; outcome: ContactOutcome; note: string },
    ): Promise<DeskOutcome> =>
      carryOut(user, call.alarmId, 'alarm.acknowledge', () =>
        gate.commit('tryContact', { ...call, user: personOf(user) }),
      ),
    /** Who gets it must see it, and may answer it. */
    async handOver(
      user: DeskUser,
      { alarmId, to, note }: { alarmId: string; to: string; note: string },
    ): Promise<DeskOutcome> {
      const receiver = await receiverOf(to);
      return carryOut(user, alarmId, 'alarm.acknowledge', async () => {
        const alarm = find(alarmId);
        if (!receiver || (alarm && !maySee(receiver, alarm)))
          return { ok: false, reason: 'colleague-unknown' };
        const mayHandOverForOthers = may(user, 'alarm.close-others');
        const people = { user: personOf(user), to: personOf(receiver) };
        return gate.commit('handOverAlarm', { alarmId, ...people, mayHandOverForOthers, note });
      });
    },
    /** All open alarms of one operator at the end of the shift; those stay that the other one does not see. */
    async handOverAll(
      user: DeskUser,
      { from, to, note }: { from: string; to: string; note: string },
    ): Promise<HandOverOutcome> {
      const mayHandOverForOthers = may(user, 'alarm.close-others');
      if (!may(user, 'alarm.acknowledge') || (from !== user.id && !mayHandOverForOthers))
        return { ok: false, reason: 'forbidden' };
      const receiver = await receiverOf(to);
      if (!receiver) return { ok: false, reason: 'colleague-unknown' };
      const owned = open(user.organisationId).filter(({ owner }) => owner?.id === from);
      const alarmIds = owned.filter((alarm) => maySee(receiver, alarm)).map(({ id }) => id);
      const people = { user: personOf(user), to: personOf(receiver), from };
      const handedOver = await gate.commit('handOverAlarms', {
        alarmIds,
        ...people,
        mayHandOverForOthers,
        note,
      });
      const kept = owned.map(({ id }) => id).filter((id) => !handedOver.includes(id));
      return { ok: true, handedOver, kept };
    },
    /** Alarms about equipment that is well again, in portions between which presses are stored. */
    async closeRestored(
      user: DeskUser,
      { alarms, note }: CloseRestoredBody,
    ): Promise<({ ok: true } & ClosedTogether) | { ok: false; reason: 'forbidden' }> {
      if (!may(user, 'alarm.close')) return { ok: false, reason: 'forbidden' };
      const together: ClosedTogether = { closed: [], kept: [] };
      const seen: CloseRestoredBody['alarms'] = [];
      for (const one of alarms) {
        if (await visible(user, one.alarmId)) seen.push(one);
        else together.kept.push({ alarmId: one.alarmId, reason: 'not-found' });
      }
      const mayCloseForOthers = may(user, 'alarm.close-others');
      for (let from = 0; from < seen.length; from += closedAtOnce) {
        const portion = seen.slice(from, from + closedAtOnce);
        const call = { alarms: portion, note, user: personOf(user), mayCloseForOthers };
        const { closed, kept } = await gate.commit('closeRestored', call);
        together.closed.push(...closed);
        together.kept.push(...kept);
      }
      return { ok: true, ...together };
    },
    /** A screen of this user has painted these alarms. Answers how many of them it could have been shown. */
    async displayed(user: DeskUser, screenId: string, alarmIds: readonly string[]): Promise<number> {
      // Who only looks on does not answer it: for them the next level is not kept waiting.
      if (!may(user, 'alarm.acknowledge')) return 0;
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

export function personOf({ id, displayName }: DeskUser): { id: string; displayName: string } {
  return { id, displayName };
}
