import {
  boardParamsSchema,
  boardQuerySchema,
  boardResidentsAtMost,
  boardSchema,
  gridParamsSchema,
} from '@carebell/contracts/boards.ts';
import type { Board } from '@carebell/contracts/boards.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { covers, scopeOf as scopeBelow } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { maskName, readsMasked } from '../identity/masking.ts';
import type { RequestReads } from '../service-request/request-reads.ts';
import { periodAt } from '../visit/period.ts';
import type { VisitReads } from '../visit/visit-reads.ts';
import { gatherFacts } from '../report/gather.ts';
import type { ReportReads } from '../report/report-reads.ts';
import type { BoardFacts, Place } from './board-facts.ts';
import { noFacts, partsOf } from './board-facts.ts';
import { boardNumbers } from './board-numbers.ts';
import type { BoardReads } from './board-reads.ts';
import { casesToLookAt, childrenOf } from './board.ts';

export type BoardRoutePorts = {
  authorization: Authorization;
  clock: Pick<Clock, 'now'>;
  directory: Pick<Directory, 'organisation' | 'organisations' | 'lineage'>;
  reads: {
    report: ReportReads;
    boards: BoardReads;
    requests: Pick<RequestReads, 'facts'>;
    visits: Pick<VisitReads, 'owedBetween'>;
  };
  timeZone: string;
};

const tags = ['boards'];
const dayMs = 86_400_000;
const longestDays = 400;
const noGrids: ReadonlyMap<string, string> = new Map();
const root = { id: rootOrganisationId, name: '', level: null };

/** The same numbers for every level: district, street, station and grid. */
export function boardRoutes(ports: BoardRoutePorts): RouteGroup {
  const { authorization, clock, directory, reads, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;

  /** The facts of one organisation and all below it. */
  async function factsOf(
    id: string,
    span: { fromMs: number; toMs: number; nowMs: number },
  ): Promise<BoardFacts> {
    const scope = scopeBelow(id, directory.organisations());
    const isStation = directory.organisation(id)?.level === 'station';
    const week = periodAt('weekly', span.toMs - 1, timeZone);
    const [cases, others, requests, visits, gridOfCase, gridOfResident] = await Promise.all([
      gatherFacts(reads.report, { ...span, scope }),
      reads.boards.facts({ ...span, scope }),
      reads.requests.facts({ ...span, scope }),
      reads.visits.owedBetween({ cause: 'weekly', fromMs: week.fromMs, untilMs: week.untilMs, scope }),
      isStation ? reads.boards.gridsOfCases({ ...span, scope }) : noGrids,
      isStation ? reads.boards.gridsOfResidents(id) : noGrids,
    ]);
    return {
      ...others,
      cases: cases.map((one) => placed(one, gridOfCase.get(one.alarmId))),
      requests: requests.map((one) => placed(one, gridOfResident.get(one.residentId ?? ''))),
      visits: visits.map((one) => placed(one, one.grid ?? undefined)),
    };
  }

  /** From the top of the reader's part down to the organisation itself. */
  function pathTo(request: FastifyRequest, id: string): Board['path'] {
    const scope = scopeOf(request);
    const isKnown = id === rootOrganisationId || directory.organisation(id) !== undefined;
    if (!isKnown || !covers(scope, id)) throw new Refusal(notFound());
    const seen = directory
      .lineage(id)
      .flatMap((above) => directory.organisation(above.id) ?? [])
      .filter((above) => covers(scope, above.id))
      .map(({ id: own, name, level }) => ({ id: own, name, level }))
      .toReversed();
    return scope === 'all' ? [root, ...seen] : seen;
  }

  async function boardOf(
    request: FastifyRequest,
    { id, grid }: { id: string; grid: string | null },
    query: z.infer<typeof boardQuerySchema>,
  ): Promise<Board> {
    const path = pathTo(request, id);
    const nowMs = clock.now();
    const span = { ...spanOf(query, nowMs), nowMs };
    const organisation = path.at(-1) ?? root;
    const isStation = organisation.level === 'station';
    const all = await factsOf(id, span);
    if (grid !== null && !isStation) throw new Refusal(notFound());
    const facts = grid === null ? all : (partsOf(all, (place) => place.grid).get(grid) ?? noFacts);
    const tree = { organisations: directory.organisations(), lineage: directory.lineage };
    return {
      organisation,
      grid,
      path: grid === null ? path.slice(0, -1) : path,
      from: instant(span.fromMs),
      to: instant(span.toMs),
      madeAt: instant(nowMs),
      timeZone,
      numbers: boardNumbers(facts, { nowMs, hasUse: grid === null }),
      children: grid === null ? childrenOf({ id, isStation }, facts, tree, nowMs) : [],
      cases: casesToLookAt(facts),
      residents: isStation ? await residentsOf(request, id, grid) : null,
    };
  }

  async function residentsOf(
    request: FastifyRequest,
    stationId: string,
    grid: string | null,
  ): Promise<Board['residents']> {
    const found = await reads.boards.residentsIn({ stationId, grid, atMost: boardResidentsAtMost });
    if (!readsMasked(userOf(request).role)) return found;
    return found.map((resident) => ({ ...resident, name: maskName(resident.name) }));
  }

  return (app) => {
    app.get(
      '/boards/:id',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary: 'The numbers of a district, street or station, and of each part below it',
          params: boardParamsSchema,
          querystring: boardQuerySchema,
          response: { 200: boardSchema, ...problemResponses },
        },
      },
      async (request) => boardOf(request, { ...request.params, grid: null }, request.query),
    );
    app.get(
      '/boards/:id/grids/:grid',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary: 'The numbers of one grid of a station, and who lives in it',
          params: gridParamsSchema,
          querystring: boardQuerySchema,
          response: { 200: boardSchema, ...problemResponses },
        },
      },
      async (request) => boardOf(request, request.params, request.query),
    );
  };
}

function spanOf(
  { from, to }: z.infer<typeof boardQuerySchema>,
  nowMs: number,
): { fromMs: number; toMs: number } {
  const toMs = to === undefined ? nowMs + 1 : Date.parse(to);
  const fromMs = from === undefined ? toMs - dayMs : Date.parse(from);
  if (fromMs >= toMs) throw refusal('invalid-request', '"from" must be before "to".');
  if (toMs - fromMs > longestDays * dayMs)
    throw refusal('invalid-request', `Ask for at most ${longestDays} days at once.`);
  return { fromMs, toMs };
}

function placed<T extends { stationId: string | null }>(fact: T, grid: string | undefined): T & Place {
  return { ...fact, organisationId: fact.stationId, grid: grid ?? null };
}
