import { z } from 'zod';
import { availabilitySchema } from './messages.ts';
import { deviceTypes } from './registry.ts';

/**
 * `GET /search`. `q` is any part of a name (in characters, in pinyin or by its initials), of a telephone number, address
 * or identifier; of several words each must be found. `limit` counts for each kind.
 */
export const searchQuerySchema = z.object({
  q: z.string().trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(8),
});

/** What the asker may not read is left out: for an installer `residents` is always empty. */
export const searchResultSchema = z.object({
  residents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      dwellingId: z.string(),
      address: z.string(),
    }),
  ),
  dwellings: z.array(z.object({ id: z.string(), address: z.string(), stationId: z.string() })),
  devices: z.array(
    z.object({
      id: z.string(),
      type: z.enum(deviceTypes),
      name: z.string(),
      room: z.string(),
      address: z.string().nullable(),
      isRegistered: z.boolean(),
      availability: availabilitySchema.nullable(),
    }),
  ),
});
export type SearchResult = z.infer<typeof searchResultSchema>;
