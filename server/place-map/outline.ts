import type { OutlineBody, OutlineLines } from '@carebell/contracts/map.ts';

/** The lines of whatever form of GeoJSON it is; an area is drawn by its rings. */
export function linesOf(body: OutlineBody): OutlineLines {
  switch (body.type) {
    case 'FeatureCollection':
      return body.features.flatMap(linesOf);
    case 'Feature':
      return linesOf(body.geometry);
    case 'LineString':
      return [body.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return body.coordinates;
    case 'MultiPolygon':
      return body.coordinates.flat();
  }
}

export function positionsIn(lines: OutlineLines): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
