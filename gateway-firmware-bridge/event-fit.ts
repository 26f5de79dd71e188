import { largestPayloadBytes } from '@carebell/contracts/event-kinds.ts';
import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { crc32 } from 'node:zlib';

/** What `id`, `kind` and the dates take beside `data`. */
const roomForData = largestPayloadBytes - 512;
const longestId = 64;

/**
 * An event as the hub takes it. One that it would refuse as malformed loses what is wrong, never the press: first its
 * data, then its own identifier, at last its kind.
 */
export function fitEvent(event: DeviceEvent, newId: () => string): { fit: DeviceEvent; problem?: string } {
  const problem = problemOf(event);
  if (problem === undefined) return { fit: event };
  const bare: DeviceEvent = { id: event.id, kind: event.kind };
  const attempts: DeviceEvent[] = [bare, { ...bare, id: newId() }, { id: newId(), kind: 'code.received' }];
  const fit = attempts.find((attempt) => problemOf(attempt) === undefined);
  if (fit === undefined) throw new Error(`no event fits: ${problem}`);
  return { fit, problem };
}

function problemOf(event: DeviceEvent): string | undefined {
  const parsed = deviceEventSchema.safeParse(event);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  const bytes = Buffer.byteLength(JSON.stringify(event.data ?? null));
  return bytes > roomForData ? `data: ${bytes} bytes, at most ${roomForData} are taken` : undefined;
}

/**
 * `accepted` names events by their identifiers alone, and small devices count theirs from 1: with a mark of its device
 * each is told from another's. The mark is the same at every gateway, so that the hub knows a press heard twice.
 */
export function idAmongDevices(deviceId: string, id: string): string {
  const mark = crc32(deviceId).toString(16).padStart(8, '0');
  return id.length + 1 + mark.length <= longestId ? `${id}@${mark}` : id;
}
