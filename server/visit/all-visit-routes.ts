import type { RouteGroup } from '../http-api/app-types.ts';
import { campaignRoutes } from './campaign-routes.ts';
import { visitFollowUpRoutes } from './visit-follow-up-routes.ts';
import { visitPlanRoutes } from './visit-plan-routes.ts';
import { visitRateRoutes } from './visit-rate-routes.ts';
import type { VisitRateRoutePorts } from './visit-rate-routes.ts';
import { visitRoutes } from './visit-routes.ts';

export function allVisitRoutes(ports: VisitRateRoutePorts): RouteGroup[] {
  return [
    visitRoutes(ports),
    visitFollowUpRoutes(ports),
    visitPlanRoutes(ports),
    campaignRoutes(ports),
    visitRateRoutes(ports),
  ];
}
