import { careBedRoutes } from '../care-bed/care-bed-routes.ts';
import type { CareBedRoutePorts } from '../care-bed/care-bed-routes.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { mapRoutes } from '../place-map/map-routes.ts';
import type { MapRoutePorts } from '../place-map/map-routes.ts';
import { boardRoutes } from './board-routes.ts';
import type { BoardRoutePorts } from './board-routes.ts';

export type LevelRoutePorts = BoardRoutePorts & MapRoutePorts & CareBedRoutePorts;

/** What districts, streets and stations look at beside the wall. */
export function levelRoutes(ports: LevelRoutePorts): RouteGroup[] {
  return [boardRoutes(ports), mapRoutes(ports), careBedRoutes(ports)];
}
