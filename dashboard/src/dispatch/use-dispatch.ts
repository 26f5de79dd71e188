import type { Dispatched, DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { DispatchWay } from '@carebell/contracts/dispatch-ways.ts';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { belongsElsewhere } from '../alarm-queue/key-command.ts';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import type { Handling } from '../handling/use-handling.ts';
import { unreadMs } from '../handling/use-handling.ts';
import { dispatchApi } from './dispatch-api.ts';
import { dispatchKey } from './dispatch-key.ts';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

/** So many have a key of their own; all have a button. */
export const keyedPeople = 9;

export type Dispatch = {
  people: readonly DispatchPerson[] | undefined;
  error: Error | null;
  again: () => Promise<unknown>;
  /** What is entered now is who was asked in a call. */
  isByPhone: boolean;
  togglePhone: () => void;
  wayOf: (person: DispatchPerson) => DispatchWay;
  isSending: (person: DispatchPerson) => boolean;
  send: (person: DispatchPerson, way: DispatchWay) => void;
  withdraw: (notificationId: string) => void;
};

/** Choosing and sending somebody while the card of it is shown, by keys too. */
export function useDispatch(alarm: ShownAlarm, handling: Handling): Dispatch {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const desk = useAlarmDesk();
  const [isByPhone, setByPhone] = useState(false);
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set());
  const shownAt = useRef(0);
  const hub = dispatchApi(api, alarm.id);
  const { data, error, refetch } = useQuery({
    queryKey: ['responders', alarm.id],
    queryFn: () => resultOrThrow(hub.people()),
    enabled: alarm.isStored,
    refetchOnMount: 'always',
  });
  const people = data?.items;
  const wayOf = ({ channels }: DispatchPerson): DispatchWay =>
    isByPhone || channels.length === 0 ? 'phone' : 'link';

  async function send(person: DispatchPerson, way: DispatchWay): Promise<void> {
    if (sending.has(person.id)) return;
    setSending((before) => new Set(before).add(person.id));
    handling.keepSending();
    const { current } = handling;
    const key = current?.action === 'dispatch' ? { key: current.key } : {};
    let answer: Dispatched | undefined;
    const isSent = await desk.handle(alarm, async () => {
      const answered = await hub.send({ personId: person.id, way, ...key });
      if (!answered.ok) return answered;
      answer = answered.result;
      return { ok: true, result: answered.result.alarm };
    });
    setSending((before) => new Set([...before].filter((id) => id !== person.id)));
    if (answer?.isJoined === true) void message.info(t('dispatch.joined', { person: person.displayName }), 6);
    // Whom the hub does not know any more, or cannot reach any more, is shown so.
    if (!isSent) void refetch();
  }

  async function withdraw(notificationId: string): Promise<void> {
    await desk.handle(alarm, () => hub.withdraw(notificationId));
  }

  useDocumentKeys((event) => {
    if (event.defaultPrevented || !handling.isMine || belongsElsewhere(event.target, document)) return;
    const key = dispatchKey(event);
    if (key === undefined) return;
    event.preventDefault();
    if (key === 'by-phone') {
      setByPhone((before) => !before);
      return;
    }
    // A digit so soon after the card came was meant for the step before.
    if (event.timeStamp - shownAt.current < unreadMs) return;
    if (key === 'otherwise') {
      if (handling.current?.action === 'dispatch') handling.answer(1, event.timeStamp);
      return;
    }
    const person = people?.[key.person - 1];
    if (person !== undefined) void send(person, wayOf(person));
  }, true);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);

  return {
    people,
    error,
    again: refetch,
    isByPhone,
    togglePhone: () => setByPhone((before) => !before),
    wayOf,
    isSending: (person) => sending.has(person.id),
    send: (person, way) => void send(person, way),
    withdraw: (notificationId) => void withdraw(notificationId),
  };
}
