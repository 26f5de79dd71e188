import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { responderReports } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Dwelling } from '@carebell/contracts/registry.ts';
import { z } from 'zod';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Gate } from '../journal/gate.ts';
import { linkPage } from './link-pages.ts';
import type { LinkPagePorts } from './link-pages.ts';
import { responderPage } from './responder-page.ts';

export type ResponderRoutePorts = LinkPagePorts & {
  commit: Gate['commit'];
  findAlarm(alarmId: string): Promise<AlarmView | undefined>;
  findDwelling(id: string): Promise<Dwelling | undefined>;
  timeZone: string;
  locale: NotificationLocale;
};

const pressed = z.object({ report: z.enum(responderReports) });

/** `/r/{token}`: what a responder sees and says, without a log-in. */
export function responderRoutes(ports: ResponderRoutePorts): RouteGroup {
  return linkPage(ports, {
    name: 'responder-page',
    path: '/r',
    isFor: ({ recipient }) => recipient.isResponder,
    async look({ alarmId, recipient }) {
      const alarm = await ports.findAlarm(alarmId);
      if (!alarm) return undefined;
      const dwelling = alarm.dwellingId === null ? undefined : await ports.findDwelling(alarm.dwellingId);
      return responderPage({
        locale: recipient.locale ?? ports.locale,
        alarm,
        responderId: recipient.id,
        access: dwelling?.access ?? '',
        timeZone: ports.timeZone,
      });
    },
    async press({ id }, body) {
      const said = pressed.safeParse(body);
      if (said.success) await ports.commit('recordResponderReport', { notificationId: id, ...said.data });
    },
  });
}
