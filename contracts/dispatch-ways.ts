import { z } from 'zod';
import { instantSchema } from './ids.ts';

/**
 * Who can be asked to go to the resident, in this order: responders and whoever has the shift at the alarm's station, then
 * those of its street, then the resident's own contacts.
 */
export const dispatchGroups = [
  'station-responders',
  'station-staff',
  'street-responders',
  'street-staff',
  'keyholders',
  'family',
  'neighbours',
  'volunteers',
  'others',
] as const;
export type DispatchGroup = (typeof dispatchGroups)[number];

/** How somebody is asked: by the link to the responder's page, or in a call that the operator makes. */
export const dispatchWays = ['link', 'phone'] as const;
export type DispatchWay = (typeof dispatchWays)[number];

const person = z.object({ id: z.string(), displayName: z.string() });
const at = { seq: z.number().int(), at: instantSchema };

/** What sending somebody puts on a time line. */
export const dispatchStepSchemas = [
  z.object({
    ...at,
    step: z.literal('responder-asked'),
    user: person,
    responder: person,
    /** `practised`: in a drill, nobody was told. */
    way: z.enum([...dispatchWays, 'practised']),
    /** Whose link it is; what becomes of it stands under the same identifier. `null` without one. */
    notificationId: z.string().nullable(),
    /** The policy had sent this link less than a minute before, so that no second one went out. */
    isJoined: z.literal(true).optional(),
  }),
  /** The link of this notification opens nothing any more. */
  z.object({
    ...at,
    step: z.literal('link-withdrawn'),
    user: person,
    responder: person,
    notificationId: z.string(),
  }),
] as const;
