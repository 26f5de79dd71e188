import { z } from 'zod';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';
import { deviceTypes } from './registry.ts';

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
