import type { MapPlace, MapState, MapStates } from '@carebell/contracts/map.ts';
import Supercluster from 'supercluster';
import type { ClusterFeature, ClusterProperties, PointFeature } from 'supercluster';

export type Position = readonly [longitude: number, latitude: number];
export type Mark =
  | { of: 'dwelling'; id: string; state: MapState; at: Position }
  | { of: 'group'; id: number; state: MapState; at: Position; count: number };

/** Which part of the map is seen, and how near. */
type Sight = { west: number; south: number; east: number; north: number; zoom: number };

type Own = { id: string; state: MapState };
type Tally = { silent: number; away: number };

/** As wide as a mark that stands for many, in pixels of the screen. */
const groupRadiusPx = 44;
/** From here on every home stands for itself. */
const groupedUntilZoom = 17;

export type Marks = {
  /** Homes and groups in sight; homes with an alarm stand for themselves at every distance, and last, so that they are painted above. */
  inSight(sight: Sight): Mark[];
  /** How near one must come for this group to part. */
  partsAtZoom(groupId: number): number;
};

/** The homes of the map with what is there; made anew when that changes. */
export function groupMarks(places: readonly MapPlace[], states: MapStates['items']): Marks {
  const stateOf = new Map(states.map(({ dwellingId, state }) => [dwellingId, state]));
  const own = places.map(([id, longitude, latitude]): PointFeature<Own> => ({
    type: 'Feature',
    properties: { id, state: stateOf.get(id) ?? 'quiet' },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  }));
  const alarms = own.filter(({ properties }) => properties.state === 'alarm').map(dwellingMark);
  const groups = new Supercluster<Own, Tally>({
    radius: groupRadiusPx,
    maxZoom: groupedUntilZoom,
    extent: 256,
    map: ({ state }) => ({ silent: Number(state === 'silent'), away: Number(state === 'away') }),
    reduce: (sum, one) => {
      sum.silent += one.silent;
      sum.away += one.away;
    },
  });
  groups.load(own.filter(({ properties }) => properties.state !== 'alarm'));
  return {
    inSight({ west, south, east, north, zoom }) {
      const found = groups.getClusters([west, south, east, north], Math.floor(zoom));
      const near = alarms.filter(
        ({ at: [longitude, latitude] }) =>
          longitude >= west && longitude <= east && latitude >= south && latitude <= north,
      );
      return [
        ...found.map((feature) =>
          'cluster' in feature.properties ? groupMark(feature) : dwellingMark(feature),
        ),
        ...near,
      ];
    },
    partsAtZoom: (groupId) => groups.getClusterExpansionZoom(groupId),
  };
}

type Found = ClusterFeature<Tally> | PointFeature<Own>;

function dwellingMark(feature: Found): Mark {
  const { id, state } = feature.properties as Own;
  return { of: 'dwelling', id, state, at: positionOf(feature) };
}

function groupMark(feature: Found): Mark {
  const {
    cluster_id: id,
    point_count: count,
    silent,
    away,
  } = feature.properties as ClusterProperties & Tally;
  const state = silent > 0 ? 'silent' : away === count ? 'away' : 'quiet';
  return { of: 'group', id, state, at: positionOf(feature), count };
}

function positionOf({ geometry }: Found): Position {
  const [longitude = 0, latitude = 0] = geometry.coordinates;
  return [longitude, latitude];
}

/** The outermost positions, going round: what is drawn of a place that has no outline. */
export function hullOf(positions: readonly Position[]): Position[] {
  const sorted = positions.toSorted(([ax, ay], [bx, by]) => ax - bx || ay - by);
  if (sorted.length < 3) return sorted;
  const half = (way: readonly Position[]): Position[] => {
    const chain: Position[] = [];
    for (const next of way) {
      for (;;) {
        const [before, last] = chain.slice(-2);
        if (before === undefined || last === undefined || turn(before, last, next) > 0) break;
        chain.pop();
      }
      chain.push(next);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn([ax, ay]: Position, [bx, by]: Position, [cx, cy]: Position): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
