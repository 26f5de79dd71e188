import { z } from 'zod';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { dwellingSchema } from './registry.ts';
import { caseNumbersSchema, portionSchema } from './report.ts';
import { organisationLevels } from './roles.ts';
import { requestNumbersSchema } from './service-requests.ts';
import { visitNumbersSchema } from './visit-rate.ts';

/** At or below so many percent a battery is low. */
export const lowBatteryPercent = 15;

export const deviceNumbersSchema = z.object({
  /** Devices in service. */
  all: z.number().int(),
  /** Of those that are waited for: which are heard, as against silent or behind a gateway that is gone. */
  heard: portionSchema,
  /** Entered, and never heard yet. */
  notYet: z.number().int(),
  lowBattery: z.number().int(),
  /** Buttons and terminals of residents: tested or pressed within their interval. */
  tested: portionSchema,
});
export type DeviceNumbers = z.infer<typeof deviceNumbersSchema>;

/** How the hub itself is used. A grid has no users and no screens of its own. */
export const useNumbersSchema = z.object({
  /** Of the users that may log in: whose last log-in lies in this time. */
  loggedIn: portionSchema,
  /** Of the stations: which have a screen now. */
  screens: portionSchema,
  lastLogInAt: instantSchema.nullable(),
  /** When open alarms were last handed over to somebody else, of the alarms of this time. */
  lastHandOverAt: instantSchema.nullable(),
});
export type UseNumbers = z.infer<typeof useNumbersSchema>;

/** The same numbers at every level. Each is counted anew from what lies below, never from the numbers of the children. */
export const boardNumbersSchema = z.object({
  residents: z.number().int(),
  cases: caseNumbersSchema,
  devices: deviceNumbersSchema,
  use: useNumbersSchema.nullable(),
  /** Asked in this time. */
  requests: requestNumbersSchema.pick({ all: true, byKind: true }),
  /** Weekly visits of the week in which the time ends, by the hub's clock. */
  visits: visitNumbersSchema,
});
export type BoardNumbers = z.infer<typeof boardNumbersSchema>;

/** `rest`: what lies in none of the others, such as dwellings without a grid and users of the organisation itself. */
export const boardPartKinds = ['organisation', 'grid', 'rest'] as const;
export const boardPartSchema = z.object({
  of: z.enum(boardPartKinds),
  /** The organisation's identifier, or the name of the grid; `null` of the rest. */
  id: z.string().nullable(),
  name: z.string(),
  level: z.enum(organisationLevels).nullable(),
  numbers: boardNumbersSchema,
});
export type BoardPart = z.infer<typeof boardPartSchema>;

const place = z.object({ id: z.string(), name: z.string(), level: z.enum(organisationLevels).nullable() });

/** `GET /boards/{id}` of an organisation (`root`: the whole) and `/boards/{id}/grids/{grid}` of a station. */
export const boardSchema = z.object({
  organisation: place,
  grid: z.string().nullable(),
  /** From the top of the reader's part to the organisation above this one. */
  path: z.array(place),
  from: instantSchema,
  /** Not included. */
  to: instantSchema,
  madeAt: instantSchema,
  timeZone: z.string(),
  numbers: boardNumbersSchema,
  children: z.array(boardPartSchema),
  /** Alarms of this time that are open or missed a deadline, the open ones first; at most `boardCasesAtMost`. */
  cases: z.array(
    z.object({
      alarmId: z.string(),
      kind: z.enum(alarmKindNames),
      priority: z.enum(priorities),
      pressedAt: instantSchema,
      isOpen: z.boolean(),
      missed: z.number().int(),
    }),
  ),
  /** Who lives in the grid, or in no grid of the station; `null` at higher levels. */
  residents: z.array(z.object({ id: recordIdSchema, name: z.string(), address: z.string() })).nullable(),
});
export type Board = z.infer<typeof boardSchema>;

export const boardCasesAtMost = 50;
export const boardResidentsAtMost = 500;

/** Without either the last 24 hours; at most 400 days. */
export const boardQuerySchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export const boardParamsSchema = z.object({ id: z.string().max(64) });
export const gridParamsSchema = boardParamsSchema.extend({
  grid: dwellingSchema.shape.grid.unwrap().unwrap(),
});
