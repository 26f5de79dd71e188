import { z } from 'zod';

/**
 * Identifier of a device, gateway or service account: it is the MQTT user name and one level of a topic.
 * 1–64 characters, begins with a letter or digit, then letters, digits, `_`, `.`, `:` or `-`; so it can hold
 * neither a topic separator nor a wildcard nor a control character.
 */
export const deviceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/, 'use 1–64 letters, digits, "_", ".", ":" or "-"');

/**
 * Identifier that a device gives to one event: 1–64 printable ASCII characters, unique per device and press. A
 * device that repeats a message (no PUBACK came) repeats the identifier.
 */
export const eventIdSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'use 1–64 printable ASCII characters without spaces');

/** Identifier of a record that the hub keeps (resident, dwelling, station, user, alarm, command). */
export const recordIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'use 1–64 letters, digits, "_" or "-"');

/** ISO 8601 instant with an offset or `Z`, as devices and the API write it. */
export const instantSchema = z.iso.datetime({ offset: true });
