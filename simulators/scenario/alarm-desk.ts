import { z } from 'zod';
import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { ApiProblem } from '../demo/api-client.ts';
import type { ApiClient } from '../demo/api-client.ts';

const pageSchema = pageOf(alarmViewSchema);
const anything = z.unknown();
/** Half a second is 120 requests a minute of the 1,200 that a hub answers one caller. */
const lookEveryMs = 500;

/** The alarms of the test station, looked up again and again for all scenarios together. */
export type AlarmDesk = {
  alarms(): readonly AlarmView[];
  /** Whether an alarm of the day before the run is about somebody or something whose identifier begins so. */
  wasAlarmed(idPrefix: string): boolean;
  acknowledge(alarm: AlarmView): Promise<void>;
  close(alarm: AlarmView): Promise<void>;
  stop(): void;
};

/** `failed` is called when the hub cannot be asked any more. */
export async function openAlarmDesk(
  api: ApiClient,
  stationId: string,
  failed: (error: unknown) => void,
): Promise<AlarmDesk> {
  let known: AlarmView[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const page = await api.get(`/alarms?phase=all&stationId=${stationId}&limit=500`, pageSchema);
    known = page.items;
  }

  async function lookOn(): Promise<void> {
    try {
      await look();
    } catch (error) {
      failed(error);
      return;
    }
    if (!isStopped) timer = setTimeout(() => void lookOn(), lookEveryMs);
  }

  const earlier = await alarmsOfADay(api, stationId);
  await look();
  timer = setTimeout(() => void lookOn(), lookEveryMs);
  return {
    alarms: () => known,
    wasAlarmed: (prefix) =>
      earlier.some(
        ({ residentId, deviceId }) => deviceId.startsWith(prefix) || residentId?.startsWith(prefix) === true,
      ),
    async acknowledge({ id, phase }) {
      const body = phase === 'acknowledged' ? { takeOver: true } : {};
      await unlessThere(() => api.post(`/alarms/${id}/acknowledge`, body, anything));
    },
    async close({ id, phase }) {
      const closing = {
        disposition: 'test',
        note: '情景演练结束 · end of a scenario of virtual devices',
        withoutProofBecause: '虚拟设备，没有真人 · virtual devices, nobody was there',
      };
      if (phase === 'raised') await unlessThere(() => api.post(`/alarms/${id}/acknowledge`, {}, anything));
      await unlessThere(() => api.post(`/alarms/${id}/close`, closing, anything));
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** The latest change first, until one was raised more than a day ago. */
async function alarmsOfADay(api: ApiClient, stationId: string): Promise<AlarmView[]> {
  const found: AlarmView[] = [];
  let after = '';
  for (;;) {
    const page = await api.get(`/alarms?phase=all&stationId=${stationId}&limit=500${after}`, pageSchema);
    found.push(...page.items);
    const last = page.items.at(-1);
    if (page.cursor === null || last === undefined || Date.now() - Date.parse(last.raisedAt) > 86_400_000)
      return found;
    after = `&cursor=${page.cursor}`;
  }
}

const meanwhile = new Set(['already-acknowledged', 'already-closed', 'own-alarm']);

/** Somebody at a screen may have answered or closed it meanwhile: what was wanted is so. */
async function unlessThere(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof ApiProblem) || !meanwhile.has(error.code)) throw error;
  }
}
