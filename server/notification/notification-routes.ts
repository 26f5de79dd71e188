import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { z } from 'zod';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { Gate } from '../journal/gate.ts';
import type { NotificationReads } from './notification-reads.ts';

export type NotificationRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'notification'>;
  /** The alarm, if this user may see it. */
  visible(user: AuthenticatedUser, alarmId: string): Promise<AlarmView | undefined>;
};

/** What operators do about notifications; what became of them stands on the alarm's time line. */
export function notificationRoutes(ports: NotificationRoutePorts): RouteGroup {
  const { authorization, commit, reads } = ports;
  const { requires, userOf } = authorization;
  return (app) => {
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
        const alarm = await ports.visible(userOf(request), id);
        const notification = alarm && (await reads.notification(notificationId));
        if (notification?.alarmId !== id) throw new Refusal(notFound());
        await commit('revokeResponderLink', { notificationId });
        return reply.code(204).send(null);
      },
    );
  };
}
