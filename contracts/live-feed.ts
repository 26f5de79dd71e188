import { z } from 'zod';
import { alarmViewSchema } from './alarm-view.ts';
import type { AlarmView } from './alarm-view.ts';
import { chainStateSchema } from './chain.ts';
import type { ChainEvent } from './chain.ts';
import { closeAlarmBodySchema } from './http-api.ts';
import type { Problem } from './http-api.ts';
import { deviceSchema } from './registry.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import type { RequestChangeNotice } from './service-requests.ts';

/** Socket.IO is served at this path of the HTTP port, by WebSocket only, authenticated by the session cookie. */
export const liveFeedPath = '/socket.io';

/** Milliseconds between two `pulse` messages. A screen that misses two of them is stale. */
export const pulseEveryMs = 2_000;

/**
 * What a screen sends in Socket.IO's `auth` when it connects. With the `cursor` of the last change it has seen, the
 * hub replays what was missed instead of sending a snapshot. `screenId` names the browser tab.
 */
export const feedAuthSchema = z.object({
  cursor: z.number().int().min(0).optional(),
  screenId: recordIdSchema,
  /** It answers the synthetic event, so that a screen which does not is one that has stopped. */
  answersChain: z.boolean().optional(),
  /** `false`: it shows no devices and is not sent their changes, of which every event of a device is one. */
  hearsDevices: z.boolean().optional(),
  /** `true`: alarms that change together come in one `alarms` message, and not each in its own. */
  takesMany: z.boolean().optional(),
});
export type FeedAuth = z.infer<typeof feedAuthSchema>;

/** All open alarms that the user may see, not-stored ones included. `cursor` covers everything up to it. */
export const snapshotSchema = z.object({
  cursor: z.number().int(),
  at: instantSchema,
  alarms: z.array(alarmViewSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Sent instead of `snapshot` after the missed changes were replayed as `alarm` messages in cursor order. */
export const caughtUpSchema = z.object({ cursor: z.number().int(), at: instantSchema });
export type CaughtUp = z.infer<typeof caughtUpSchema>;

/** `cursor` is the latest change in the journal; `store` says whether the hub can commit. */
export const pulseSchema = z.object({
  at: instantSchema,
  cursor: z.number().int(),
  store: z.enum(['ok', 'failing']),
  /** Whether the synthetic event arrives. */
  chain: chainStateSchema.optional(),
});
export type Pulse = z.infer<typeof pulseSchema>;

/** A change of one alarm. A closed alarm is sent once more, with its phase, so that screens take it down. */
export const alarmChangeSchema = z.object({ cursor: z.number().int(), alarm: alarmViewSchema });
export type AlarmChange = z.infer<typeof alarmChangeSchema>;

/** A change of an alarm, or the end of one that was not stored. */
export type AlarmNews = AlarmChange | { notStoredEnded: string };

export const deviceChangeSchema = z.object({ cursor: z.number().int(), device: deviceSchema });
export type DeviceChange = z.infer<typeof deviceChangeSchema>;

/** A screen has painted these alarms on a visible page. */
export const displayedSchema = z.object({ alarmIds: z.array(z.string().min(1).max(200)).min(1).max(200) });
export type Displayed = z.infer<typeof displayedSchema>;

export const acknowledgeCallSchema = z.object({ alarmId: z.string(), takeOver: z.boolean().optional() });
export const closeCallSchema = closeAlarmBodySchema.extend({ alarmId: z.string() });

export type Answer<T> = { ok: true; result: T } | { ok: false; problem: Problem };

export type HubToScreen = {
  snapshot: (snapshot: Snapshot) => void;
  'caught-up': (caughtUp: CaughtUp) => void;
  alarm: (change: AlarmChange) => void;
  /** A not-stored alarm was committed after all, or given up: take the provisional one down. */
  'not-stored-ended': (ended: { alarmId: string }) => void;
  /** In place of both, to screens that take many: what one commit has changed, in its order. */
  alarms: (news: readonly AlarmNews[]) => void;
  device: (change: DeviceChange) => void;
  request: (change: RequestChangeNotice) => void;
  pulse: (pulse: Pulse) => void;
  /** The synthetic event, to be answered at once by a page that is alive. */
  chain: (event: ChainEvent, answer: () => void) => void;
};

export type ScreenToHub = {
  displayed: (displayed: Displayed, answer: (answer: Answer<{ accepted: number }>) => void) => void;
  acknowledge: (
    call: z.infer<typeof acknowledgeCallSchema>,
    answer: (answer: Answer<AlarmView>) => void,
  ) => void;
  close: (call: z.infer<typeof closeCallSchema>, answer: (answer: Answer<AlarmView>) => void) => void;
};
