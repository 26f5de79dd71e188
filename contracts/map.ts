import { z } from 'zod';
import { priorities } from './alarm-kinds.ts';
import { instantSchema } from './ids.ts';

/** What stands at a dwelling, the most urgent first: what is not `quiet` is told, all else is. */
export const mapStates = ['alarm', 'silent', 'away', 'quiet'] as const;
export type MapState = (typeof mapStates)[number];

/** Longitude, then latitude, in degrees of WGS-84, as in GeoJSON. */
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const line = z.array(position).min(2);
/** An outline as the map draws it: lines, which rings are too. */
export const outlineLinesSchema = z.array(line);
export type OutlineLines = z.infer<typeof outlineLinesSchema>;

/** More positions than these nobody sees. */
export const outlinePositionsAtMost = 20_000;

/** Programs of maps write a height too; it is not read. */
const drawn = z
  .array(z.number())
  .min(2)
  .max(4)
  .transform(([longitude, latitude]) => [longitude, latitude])
  .pipe(position);
const path = z.array(drawn).min(2);
const geometrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: path }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(path) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(path) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(path)) }),
]);
const featureSchema = z.object({ type: z.literal('Feature'), geometry: geometrySchema });

/** `PUT /organisations/{id}/outline`: GeoJSON with lines or areas in it; names and other properties are not kept. */
export const outlineBodySchema = z.discriminatedUnion('type', [
  ...geometrySchema.options,
  featureSchema,
  z.object({ type: z.literal('FeatureCollection'), features: z.array(featureSchema).min(1).max(1_000) }),
]);
export type OutlineBody = z.infer<typeof outlineBodySchema>;

export const outlineSchema = z.object({ organisationId: z.string(), lines: outlineLinesSchema });

/** `GET /map/{id}`: what stands still on the map of an organisation and all below it; `root` is the whole. */
export const mapFrameSchema = z.object({
  organisationId: z.string(),
  name: z.string(),
  /** An address with `{z}`, `{x}` and `{y}`; `null`: the map has no ground but its outlines. */
  tiles: z.string().nullable(),
  stations: z.array(
    z.object({ id: z.string(), name: z.string(), latitude: z.number(), longitude: z.number() }),
  ),
  outlines: z.array(outlineSchema),
  /** Dwellings that have a place, and those that are missing on the map. */
  placed: z.number().int(),
  unplaced: z.number().int(),
});
export type MapFrame = z.infer<typeof mapFrameSchema>;

export const placesAtOnce = 5_000;
/** `GET /map/{id}/places`, page by page. */
export const mapPlacesSchema = z.object({
  items: z.array(z.tuple([z.string(), z.number(), z.number()])).describe('identifier, longitude, latitude'),
  cursor: z.string().nullable(),
});
export type MapPlace = z.infer<typeof mapPlacesSchema>['items'][number];
export const mapPlacesQuerySchema = z.object({ cursor: z.string().max(200).optional() });

/** `GET /map/{id}/states`: the dwellings at which anything is, those without a place too. */
export const mapStatesSchema = z.object({
  at: instantSchema,
  items: z.array(
    z.object({
      dwellingId: z.string(),
      address: z.string(),
      state: z.enum(mapStates).exclude(['quiet']),
      /** The most urgent open alarm. */
      alarm: z.object({ id: z.string(), priority: z.enum(priorities), isAnswered: z.boolean() }).nullable(),
      /** Devices that are silent or cannot be heard. */
      silent: z.number().int(),
    }),
  ),
});
export type MapStates = z.infer<typeof mapStatesSchema>;
