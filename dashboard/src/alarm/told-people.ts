import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { ChannelKind, NotificationReason, ResponderReport } from '@carebell/contracts/notifications.ts';

/** How far one notification has come, or somebody who was asked in a call. */
export type Told = {
  /** Of the notification; of somebody without one, of the line that says so. */
  id: string;
  notificationId: string | null;
  personId: string;
  person: string;
  at: string;
  is:
    | 'waiting'
    | 'on-its-way'
    | 'delivered'
    | 'failed'
    | 'given-up'
    | 'withdrawn'
    | 'asked-by-phone'
    | 'practised';
  channel: ChannelKind | null;
  reason: NotificationReason | null;
  /** Who asked by hand; `null` of what the policy did. */
  by: string | null;
  /** What this person has said last from the phone page. */
  report: ResponderReport | null;
};

/** Who was told of an alarm, or asked to go there, and how it went, in the order in which it began. */
export function toldPeople(timeline: readonly TimelineEntry[]): Told[] {
  const told = new Map<string, Told>();
  const enter = (id: string, person: { id: string; displayName: string }, change: Partial<Told>): void => {
    const before = told.get(id);
    const nothing = { at: '', is: 'waiting', channel: null, reason: null, by: null, report: null } as const;
    const whom = { id, notificationId: id, personId: person.id, person: person.displayName };
    told.set(id, { ...nothing, ...before, ...whom, ...change });
  };
  for (const entry of timeline) {
    const { at } = entry;
    switch (entry.step) {
      case 'responder-asked': {
        const { responder, notificationId, user, way } = entry;
        const by = user.displayName;
        if (notificationId !== null) enter(notificationId, responder, { at, by });
        else
          enter(`asked ${entry.seq}`, responder, {
            notificationId,
            at,
            by,
            is: way === 'practised' ? 'practised' : 'asked-by-phone',
          });
        break;
      }
      case 'responder-reported':
        // Who was asked in a call and comes by a link of the policy is told of once, with that link.
        enter(entry.notificationId, entry.responder, { at, report: entry.report });
        break;
      case 'link-withdrawn':
        enter(entry.notificationId, entry.responder, { at, is: 'withdrawn', reason: null });
        break;
      case 'notification-queued':
        enter(entry.notificationId, entry.recipient, {
          at,
          is: 'waiting',
          reason: null,
          channel: entry.channels[0] ?? null,
        });
        break;
      case 'notification-accepted':
      case 'notification-delivered':
      case 'notification-failed':
      case 'notification-gave-up':
        goOn(entry);
        break;
      default:
    }
  }
  return [...told.values()];

  function goOn(
    entry: Extract<
      TimelineEntry,
      {
        step:
          'notification-accepted' | 'notification-delivered' | 'notification-failed' | 'notification-gave-up';
      }
    >,
  ): void {
    const { notificationId, recipient, at } = entry;
    const before = told.get(notificationId)?.is;
    // What is taken back stays so, whatever is still heard of it.
    if (before === 'withdrawn') return;
    if (entry.step === 'notification-accepted')
      enter(notificationId, recipient, { at, is: 'on-its-way', channel: entry.channel, reason: null });
    if (entry.step === 'notification-delivered')
      enter(notificationId, recipient, { at, is: 'delivered', channel: entry.channel, reason: null });
    // A late report of an earlier attempt takes nothing back from one that was delivered.
    if (entry.step === 'notification-failed' && before !== 'delivered')
      enter(notificationId, recipient, {
        at,
        is: 'failed',
        channel: entry.channel,
        reason: entry.reason,
      });
    if (entry.step === 'notification-gave-up')
      enter(notificationId, recipient, { at, is: 'given-up', reason: entry.reason });
  }
}
