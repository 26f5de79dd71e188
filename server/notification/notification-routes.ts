import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { newNotificationSchema } from '@carebell/contracts/user-addresses.ts';
import { z } from 'zod';
import { personOf } from '../alarm/alarm-desk.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { Gate } from '../journal/gate.ts';
import type { NotificationReads } from './notification-reads.ts';

export type NotificationRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'notification'>;
  newId(): string;
  /** The alarm, if this user may see it. */
  visible(user: AuthenticatedUser, alarmId: string): Promise<AlarmView | undefined>;
};

/** What operators do about notifications; what became of them stands on the alarm's time line. */
export function notificationRoutes(ports: NotificationRoutePorts): RouteGroup {
  const { authorization, commit, reads } = ports;
  const { requires, userOf } = authorization;
  return (app) => {
    app.post(
      '/alarms/:id/notifications',
      {
        preParsing: requires('alarm.acknowledge'),
        schema: {
          tags: ['alarms'],
          summary: 'Tell one person now, by the first of these channels that works',
          params: z.object({ id: z.string() }),
          body: newNotificationSchema,
          response: { 201: z.object({ notificationId: z.string() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const user = userOf(request);
        const alarm = await ports.visible(user, request.params.id);
        if (!alarm) throw new Refusal(notFound());
        if (!alarm.isStored)
          throw refusal('not-stored', 'Call the person now; the hub cannot store at the moment.');
        if (alarm.phase === 'closed') throw refusal('already-closed', 'Nothing more can be done to it.');
        const { recipient, channels } = request.body;
        const { id: alarmId, priority, stationId } = alarm;
        const own = ports.newId();
        const notificationId = await commit('notify', {
          alarmId,
          priority,
          stationId,
          // Who asked for it stands in the key, and the key on the time line.
          stepKey: `by-hand:${user.id}:${own}`,
          purpose: 'help-needed',
          recipient: { ...recipient, id: recipient.id ?? own },
          channels: channels.map(({ kind, address, channelId }) =>
            channelId === undefined ? { kind, address } : { kind, address, channelId },
          ),
        });
        return reply.code(201).send({ notificationId: notificationId ?? own });
      },
    );
    app.delete(
      '/alarms/:id/notifications/:notificationId/link',
      {
        preParsing: requires('alarm.acknowledge'),
        schema: {
          tags: ['alarms'],
          summary: "Take back a responder's link; it opens nothing any more",
          params: z.object({ id: z.string(), notificationId: z.string() }),
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { id, notificationId } = request.params;
        const user = userOf(request);
        const alarm = await ports.visible(user, id);
        const notification = alarm && (await reads.notification(notificationId));
        if (notification?.alarmId !== id) throw new Refusal(notFound());
        await commit('withdrawLink', { notificationId, user: personOf(user) });
        return reply.code(204).send(null);
      },
    );
  };
}
