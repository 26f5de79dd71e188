import { z } from 'zod';
import { coordinateChanges, coordinateFields } from './coordinates.ts';
import { availabilitySchema, signalsSchema } from './messages.ts';
import { notificationLocales } from './notifications.ts';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';
import { organisationLevels, roles } from './roles.ts';

const name = z.string().trim().min(1).max(120);
const phone = z
  .string()
  .trim()
  .regex(/^[0-9+ ()-]{3,32}$/, 'use digits, spaces, "+", "-" and brackets');

/** A number as it is read: of some roles `138****0000`. */
const shownPhone = z
  .string()
  .regex(/^(?:[0-9+ ()-]{3,32}|[0-9]{0,3}\*{4}[0-9]{0,4})$/, 'use digits, spaces, "+", "-" and brackets');

/**
 * Counts the changes of a record, from 1. A change may say by `version` which state it was made from; if somebody else
 * has changed the record since, the answer is 409 `changed-meanwhile` with the record as it is now in `current`.
 */
const version = z.number().int().min(1);

/** A district, street or station. `GET|POST /organisations`, and `GET|POST /stations` for the lowest level. */
export const organisationSchema = z.object({
  id: recordIdSchema,
  level: z.enum(organisationLevels),
  name,
  /** The organisation above; `root` for a district. */
  parentId: recordIdSchema,
  phone: phone.nullable(),
  ...coordinateFields,
  version,
});
export type Organisation = z.infer<typeof organisationSchema>;
export const newOrganisationSchema = organisationSchema
  .omit({ version: true })
  .partial({ id: true, phone: true });
/** `POST /stations` */
export const newStationSchema = newOrganisationSchema.extend({
  level: z.literal('station').default('station'),
});
/** `PATCH /organisations/{id}`. In every change a field that is left out stays as it is, and an unknown one is refused. */
export const organisationPatchSchema = z.strictObject({
  name: name.optional(),
  parentId: recordIdSchema.optional(),
  phone: phone.nullable().optional(),
  ...coordinateChanges,
  version: version.optional(),
});

export const dwellingAreas = ['centre', 'remote'] as const;

/** `GET|POST /dwellings`, `PATCH /dwellings/{id}` */
export const dwellingSchema = z.object({
  id: recordIdSchema,
  stationId: recordIdSchema,
  address: z.string().trim().min(1).max(300),
  /** How to get in: door code, which bell, who has the key and where it is. Read by those who may enter it. */
  access: z.string().trim().max(1000).default(''),
  grid: z.string().trim().max(60).nullable().default(null),
  /** How far it is for a responder: 15 minutes in the centre, 30 where it is remote, unless a policy says otherwise. */
  area: z.enum(dwellingAreas).default('centre'),
  ...coordinateFields,
  version,
});
export type Dwelling = z.infer<typeof dwellingSchema>;
export const newDwellingSchema = dwellingSchema.omit({ version: true }).partial({ id: true });
export const dwellingPatchSchema = z.strictObject({
  stationId: recordIdSchema.optional(),
  address: dwellingSchema.shape.address.optional(),
  access: dwellingSchema.shape.access.unwrap().optional(),
  grid: dwellingSchema.shape.grid.unwrap().optional(),
  area: dwellingSchema.shape.area.unwrap().optional(),
  ...coordinateChanges,
  version: version.optional(),
});

export const riskGroups = ['living-alone', 'dementia', 'disabled', 'advanced-age'] as const;

export const contactRoles = ['family', 'neighbour', 'volunteer', 'other'] as const;
export type ContactRole = (typeof contactRoles)[number];

/** A named person to call. `hasKey` makes it a keyholder. Without a `role` the words of `relation` say which it is. */
export const contactSchema = z.object({
  name,
  relation: z.string().trim().min(1).max(60),
  phone,
  hasKey: z.boolean().default(false),
  role: z.enum(contactRoles).optional(),
  /** In which language messages to this person are written; the hub's own if it is left out. */
  locale: z.enum(notificationLocales).optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** A contact as it is read. */
export const shownContactSchema = contactSchema.extend({ phone: shownPhone });

/** `GET|POST /residents`, `PATCH /residents/{id}` */
export const residentSchema = z.object({
  id: recordIdSchema,
  dwellingId: recordIdSchema,
  name,
  phone: shownPhone.nullable().default(null),
  birthYear: z.number().int().min(1890).max(2100).nullable().default(null),
  riskGroups: z.array(z.enum(riskGroups)).default([]),
  medicalNotes: z.string().trim().max(4000).default(''),
  /** What whoever handles an alarm must do or know of this resident: each line is a step before those of the script. */
  handlingNotes: z.string().trim().max(2000).default(''),
  /** In the order in which they are to be called. */
  contacts: z.array(shownContactSchema).max(20).default([]),
  version,
});
export type Resident = z.infer<typeof residentSchema>;
export const newResidentSchema = residentSchema
  .omit({ version: true })
  .extend({
    phone: phone.nullable().default(null),
    contacts: z.array(contactSchema).max(20).default([]),
  })
  .partial({ id: true });
export type NewResident = z.input<typeof newResidentSchema>;
export const residentPatchSchema = z.strictObject({
  dwellingId: recordIdSchema.optional(),
  name: name.optional(),
  phone: phone.nullable().optional(),
  birthYear: residentSchema.shape.birthYear.unwrap().optional(),
  riskGroups: residentSchema.shape.riskGroups.unwrap().optional(),
  medicalNotes: residentSchema.shape.medicalNotes.unwrap().optional(),
  handlingNotes: residentSchema.shape.handlingNotes.unwrap().optional(),
  contacts: z.array(contactSchema).max(20).optional(),
  version: version.optional(),
});

export const deviceTypes = [
  'button',
  'terminal',
  'fall-detector',
  'door-sensor',
  'motion-sensor',
  'bed-sensor',
  'smoke-detector',
  'gas-detector',
  'water-detector',
  'other',
] as const;
export type DeviceType = (typeof deviceTypes)[number];

/** `GET|POST /devices`, `GET|PATCH /devices/{id}`. An unregistered device is one that a gateway heard and nobody entered. */
export const deviceSchema = z.object({
  id: deviceIdSchema,
  type: z.enum(deviceTypes),
  name: z.string().trim().max(120).default(''),
  room: z.string().trim().max(60).default(''),
  stationId: recordIdSchema.nullable(),
  dwellingId: recordIdSchema.nullable(),
  residentId: recordIdSchema.nullable(),
  gatewayId: deviceIdSchema.nullable(),
  /** The identifier under which gateways report it, one device of a station each; `null` if that is its own. */
  heardAs: deviceIdSchema.nullable(),
  /** What the signals of its radio code mean, by their names; both only with a gateway. */
  signals: signalsSchema,
  isRegistered: z.boolean(),
  hasSecret: z.boolean(),
  availability: availabilitySchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  battery: z.number().nullable(),
  rssi: z.number().nullable(),
  /** Taken out of service then; absent of one that is in service. It is no longer registered, and stays in the records. */
  retiredAt: instantSchema.optional(),
  /** The device that has taken its place. */
  replacedBy: deviceIdSchema.optional(),
  /**
   * Devices that stood in its place before it, the latest first, until the moment of their exchange (and since when, of one that
   * had stood elsewhere before): what they said is part of its history.
   */
  predecessors: z
    .array(z.object({ deviceId: deviceIdSchema, since: instantSchema.optional(), until: instantSchema }))
    .optional(),
  version,
});
export type Device = z.infer<typeof deviceSchema>;

/** Without a gateway the device signs in itself, and the answer carries its secret, once. */
export const newDeviceSchema = z.object({
  id: deviceIdSchema.optional(),
  type: z.enum(deviceTypes),
  name: z.string().trim().max(120).default(''),
  room: z.string().trim().max(60).default(''),
  stationId: recordIdSchema.nullable().default(null),
  dwellingId: recordIdSchema.nullable().default(null),
  residentId: recordIdSchema.nullable().default(null),
  gatewayId: deviceIdSchema.nullable().default(null),
  heardAs: deviceIdSchema.nullable().default(null),
  signals: signalsSchema.default({}),
});
export type NewDevice = z.input<typeof newDeviceSchema>;
export const devicePatchSchema = z.strictObject({
  type: z.enum(deviceTypes).optional(),
  name: deviceSchema.shape.name.unwrap().optional(),
  room: deviceSchema.shape.room.unwrap().optional(),
  stationId: recordIdSchema.nullable().optional(),
  dwellingId: recordIdSchema.nullable().optional(),
  residentId: recordIdSchema.nullable().optional(),
  gatewayId: deviceIdSchema.nullable().optional(),
  heardAs: deviceIdSchema.nullable().optional(),
  signals: signalsSchema.optional(),
  version: version.optional(),
});
export const issuedDeviceSchema = z.object({ device: deviceSchema, secret: z.string().nullable() });

/** `GET|POST /gateways` */
export const gatewaySchema = z.object({
  id: deviceIdSchema,
  name: z.string().trim().max(120).default(''),
  stationId: recordIdSchema,
  dwellingId: recordIdSchema.nullable(),
  availability: availabilitySchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  version,
});
export type Gateway = z.infer<typeof gatewaySchema>;
export const newGatewaySchema = z.object({
  id: deviceIdSchema.optional(),
  name: z.string().trim().max(120).default(''),
  stationId: recordIdSchema,
  dwellingId: recordIdSchema.nullable().default(null),
});
/** `PATCH /gateways/{id}` */
export const gatewayPatchSchema = z.strictObject({
  name: gatewaySchema.shape.name.unwrap().optional(),
  stationId: recordIdSchema.optional(),
  dwellingId: recordIdSchema.nullable().optional(),
  version: version.optional(),
});
export const issuedGatewaySchema = z.object({ gateway: gatewaySchema, secret: z.string() });

/** `POST /devices/{id}/secret`, `/gateways/{id}/secret` and `/mqtt-accounts/{id}/secret`: a new secret; the old one stops working at once. */
export const issuedSecretSchema = z.object({ secret: z.string() });

const userName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'use 2–32 small letters, digits, ".", "_" or "-"');
const password = z.string().min(12, 'use at least 12 characters').max(200);

/** `GET|POST /users`, `PATCH /users/{id}`; who sets a password of their own sends the current one with it. */
export const userSchema = z.object({
  id: recordIdSchema,
  name: userName,
  displayName: name,
  role: z.enum(roles),
  organisationId: recordIdSchema,
  isActive: z.boolean(),
  lastLoginAt: instantSchema.nullable(),
  /** Is asked for a code beside the password; absent in what older hubs answered. */
  hasSecondFactor: z.boolean().default(false),
  version,
});
export type User = z.infer<typeof userSchema>;

/** Without a password the hub makes one, and the answer carries it, once. */
export const newUserSchema = z.object({
  name: userName,
  displayName: name,
  role: z.enum(roles),
  organisationId: recordIdSchema,
  password: password.optional(),
});
export type NewUser = z.input<typeof newUserSchema>;
export const issuedUserSchema = z.object({ user: userSchema, password: z.string().nullable() });
export const userChangeSchema = z.object({
  displayName: name.optional(),
  role: z.enum(roles).optional(),
  organisationId: recordIdSchema.optional(),
  isActive: z.boolean().optional(),
  password: password.optional(),
  currentPassword: z.string().min(1).max(200).optional(),
  version: version.optional(),
});

/** `GET|POST /tokens`, `DELETE /tokens/{id}`: a tool's `Authorization: Bearer`, with the rights of who made it. */
export const tokenSchema = z.object({
  id: recordIdSchema,
  name,
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
});
export type Token = z.infer<typeof tokenSchema>;
export const newTokenSchema = z.object({
  name,
  days: z.number().int().min(1).max(3650).nullable().default(365),
});
export const issuedTokenSchema = z.object({ token: tokenSchema, secret: z.string() });

/** `GET|POST /mqtt-accounts`: a service that reads the whole MQTT tree, such as a city platform. */
export const serviceAccountSchema = z.object({ id: deviceIdSchema, name, createdAt: instantSchema });
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;
export const newServiceAccountSchema = z.object({ id: deviceIdSchema, name });
export const issuedServiceAccountSchema = z.object({ account: serviceAccountSchema, secret: z.string() });
