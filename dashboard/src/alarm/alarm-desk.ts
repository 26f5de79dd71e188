import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Answer, HubRefusal } from '../api/hub-api.ts';
import type { CloseAlarmBody } from '@carebell/contracts/http-api.ts';
import { createContext, use } from 'react';
import type { ShownAlarm } from './pending-steps.ts';

/** What a person does with alarms, whichever page they are on. */
export type AlarmDesk = {
  /** All open alarms, with this person's steps that wait for an answer. */
  alarms: ReadonlyMap<string, ShownAlarm>;
  acknowledge: (alarm: ShownAlarm) => void;
  /** Asks first. */
  takeOver: (alarm: ShownAlarm) => void;
  /** Opens the close dialog, or says why that is not possible. */
  beginClose: (alarm: ShownAlarm) => void;
  /** Answers the problem, if there was one. */
  close: (alarm: ShownAlarm, body: CloseAlarmBody) => Promise<HubRefusal | undefined>;
  /** Carries out a step of the owner's; says why it could not be. Whether it was. */
  handle: (alarm: ShownAlarm, call: () => Promise<Answer<AlarmView | undefined>>) => Promise<boolean>;
  /** Takes a closing back. */
  reopen: (alarm: AlarmView) => void;
};

export const AlarmDeskContext = createContext<AlarmDesk | undefined>(undefined);

export function useAlarmDesk(): AlarmDesk {
  const desk = use(AlarmDeskContext);
  if (desk === undefined) throw new Error('AlarmDeskContext is missing above this component');
  return desk;
}
