import { z } from 'zod';
import { alarmViewSchema } from './alarm-view.ts';
import { dispatchGroups, dispatchWays } from './dispatch-ways.ts';
import { channelKinds } from './notifications.ts';

/** Somebody who can be asked to go to the resident. */
export const dispatchPersonSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  group: z.enum(dispatchGroups),
  /** What a contact is to the resident, in the words of the record; empty of the organisation's own people. */
  relation: z.string(),
  hasKey: z.boolean(),
  /** Has a turn of the rota now, or was entered as having the shift. */
  isOnDuty: z.boolean(),
  phone: z.string().nullable(),
  /** By which channels the link would go, in the order in which they are tried; empty where only a call reaches them. */
  channels: z.array(z.enum(channelKinds)),
});
export type DispatchPerson = z.infer<typeof dispatchPersonSchema>;

/** `GET /alarms/{id}/responders`: the organisation's own people first, then the resident's. */
export const dispatchPeopleSchema = z.object({ items: z.array(dispatchPersonSchema) });

/** `POST /alarms/{id}/dispatches`: somebody is asked to go there, now. */
export const dispatchBodySchema = z.strictObject({
  /** One of those whom `GET /alarms/{id}/responders` names. */
  personId: z.string().min(1).max(64),
  /** `phone`: they were asked in a call, and get no link. */
  way: z.enum(dispatchWays).default('link'),
  /** The step of the script that is done by it; the first that sends somebody, if none is named. */
  key: z.string().max(80).optional(),
});
export type DispatchBody = z.input<typeof dispatchBodySchema>;

export const dispatchedSchema = z.object({
  alarm: alarmViewSchema,
  /** This person was asked in the same way less than a minute before: nothing more went out. */
  isJoined: z.boolean(),
});
export type Dispatched = z.infer<typeof dispatchedSchema>;
