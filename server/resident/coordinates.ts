/** A point on the map, or `null` twice of what is not placed. */
export type Placed = { latitude: number | null; longitude: number | null };

/** Which of the two numbers is missing; a place with one of them stands nowhere. */
export function halfPlaced({ latitude, longitude }: Placed): 'latitude' | 'longitude' | undefined {
  if ((latitude === null) === (longitude === null)) return undefined;
  return latitude === null ? 'latitude' : 'longitude';
}
