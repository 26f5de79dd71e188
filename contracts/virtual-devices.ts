import { z } from 'zod';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';
import { deviceTypes } from './registry.ts';

/**
 * A device that exists in a browser or a scenario only, and a dwelling or resident that nobody is. The identifier says so:
 * it stands in every list and record, cannot be changed, and no real device can be taken for one by mistake.
 */
export const virtualDevicePrefix = 'virtual-';
export const testRecordPrefix = 'test-';

export function isVirtualDevice(deviceId: string): boolean {
  return deviceId.startsWith(virtualDevicePrefix);
}

/**
 * `POST /virtual-devices`: opens the test dwelling of a station, made if it is not there, puts it under test and gives each
 * of its virtual devices a new secret; the secrets before stop working. No other device's secret is given by it.
 */
export const openTestDwellingSchema = z.strictObject({ stationId: recordIdSchema });
export const openedTestDwellingSchema = z.object({
  stationId: recordIdSchema,
  dwellingId: recordIdSchema,
  residentId: recordIdSchema,
  /** Until then its alarms are marked as a test. */
  testEndsAt: instantSchema,
  devices: z.array(
    z.object({ id: deviceIdSchema, type: z.enum(deviceTypes), room: z.string(), secret: z.string() }),
  ),
});
export type OpenedTestDwelling = z.infer<typeof openedTestDwellingSchema>;
