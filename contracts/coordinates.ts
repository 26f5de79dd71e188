import { z } from 'zod';

/**
 * Where something stands, in degrees of WGS-84 as satellites and OpenStreetMap give them. Chinese maps on the web show places
 * moved by some hundred metres (GCJ-02): their numbers do not belong here.
 */
const latitude = z.number().min(-90).max(90).nullable();
const longitude = z.number().min(-180).max(180).nullable();

/** Both, or neither. */
export const coordinateFields = {
  latitude: latitude.default(null),
  longitude: longitude.default(null),
};
export const coordinateChanges = { latitude: latitude.optional(), longitude: longitude.optional() };
