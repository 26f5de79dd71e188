import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { dispatchedSchema, dispatchPeopleSchema } from '@carebell/contracts/dispatch.ts';
import type { DispatchBody } from '@carebell/contracts/dispatch.ts';
import { z } from 'zod';
import type { HubApi } from '../api/hub-api.ts';

/** What the owner of an alarm asks of the hub to send somebody. */
export function dispatchApi(api: HubApi, alarmId: AlarmView['id']) {
  const path = `/alarms/${encodeURIComponent(alarmId)}`;
  return {
    people: () => api.call('GET', `${path}/responders`, dispatchPeopleSchema),
    send: (body: DispatchBody) => api.call('POST', `${path}/dispatches`, dispatchedSchema, body),
    withdraw: (notificationId: string) =>
      api.call<undefined>(
        'DELETE',
        `${path}/notifications/${encodeURIComponent(notificationId)}/link`,
        z.undefined(),
      ),
  };
}
