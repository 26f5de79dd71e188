import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { accessViewSchema } from '@carebell/contracts/handling.ts';
import type { AccessView } from '@carebell/contracts/handling.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import type { HubApi } from '../api/hub-api.ts';

/** What the owner of an alarm asks of the hub while handling it. */
export function handlingApi(api: HubApi, alarmId: string) {
  const path = `/alarms/${encodeURIComponent(alarmId)}`;
  return {
    doStep: (key: string, answer: ScriptAnswer) =>
      api.call<AlarmView>('POST', `${path}/script-steps`, alarmViewSchema, { key, answer }),
    viewAccess: () => api.call<AccessView>('POST', `${path}/access-views`, accessViewSchema),
    setCallBack: (inMinutes: number) =>
      api.call<AlarmView>('PUT', `${path}/call-back`, alarmViewSchema, { inMinutes }),
    endCallBack: () => api.call<AlarmView>('DELETE', `${path}/call-back`, alarmViewSchema),
    note: (note: string) => api.call<AlarmView>('POST', `${path}/notes`, alarmViewSchema, { note }),
  };
}
