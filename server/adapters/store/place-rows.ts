import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';

/** Whether an alarm came from this device, or from one before it in its place while it stood there. */
export function isFromPlaceOf(deviceId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(alarms.device_id = ${deviceId} OR EXISTS (
    SELECT 1 FROM devices AS here, json_each(here.lineage) AS earlier
    WHERE here.id = ${deviceId}
      AND json_extract(earlier.value, '$.deviceId') = alarms.device_id
      AND alarms.pressed_at >= coalesce(json_extract(earlier.value, '$.sinceMs'), 0)
      AND alarms.pressed_at < json_extract(earlier.value, '$.untilMs')))`;
}
