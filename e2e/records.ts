import type { JournalEvent, Refusal } from '@carebell/contracts/http-api.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Api } from './api.ts';

type Page<T> = { items: T[]; cursor: string | null };

/** What the hub has turned away, as it tells those who install and supervise. */
export async function refusalsOf(
  api: Api,
  wanted: { reason?: string; subject?: string },
): Promise<Refusal[]> {
  return page(await api.get<Page<Refusal>>(`/refusals?${new URLSearchParams(wanted).toString()}`));
}

/** Times that something was turned away for this reason. */
export async function timesRefused(api: Api, reason: string, subject: string): Promise<number> {
  const found = await refusalsOf(api, { reason, subject });
  return found.reduce((sum, { count }) => sum + count, 0);
}

/** What a device said, the newest first. */
export async function saidBy(api: Api, deviceId: string): Promise<JournalEvent[]> {
  return page(await api.get<Page<JournalEvent>>(`/events?deviceId=${deviceId}&limit=500`));
}

export async function deviceOf(api: Api, id: string): Promise<Device> {
  const { status, body } = await api.get<Device>(`/devices/${id}`);
  if (status !== 200) throw new Error(`GET /devices/${id}: ${status}`);
  return body;
}

function page<T>({ status, body }: { status: number; body: Page<T> }): T[] {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.items;
}
