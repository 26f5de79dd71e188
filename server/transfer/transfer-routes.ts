import { Readable } from 'node:stream';
import {
  cellsOfRow,
  headingOf,
  importedSchema,
  residentColumnNames,
  residentImportSchema,
} from '@carebell/contracts/resident-table.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { tableKinds } from '@carebell/contracts/registry-tables.ts';
import type { FastifyReply } from 'fastify';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { importRefused } from '../resident/registry-answers.ts';
import { csvOf } from './csv.ts';
import { addTableImport } from './table-import-routes.ts';
import type { ExportReads } from './export-reads.ts';

export type TransferRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: ExportReads;
  newSecret(): string;
  hashSecret(secret: string): string;
};

const tags = ['transfer'];
/** A thousand rows with long notes and many contacts. */
const importBytes = 8 * 1024 * 1024;
const deviceColumns = [
  'id',
  'type',
  'name',
  'room',
  'stationId',
  'dwellingId',
  'address',
  'residentId',
  'gatewayId',
  'heardAs',
  'signals',
  'isRegistered',
  'availability',
  'lastSeenAt',
  'battery',
  'rssi',
] as const;

/** The registry as tables, for those who may write it: a copy leaves the hub, and the journal says who took it. */
export function transferRoutes(ports: TransferRoutePorts): RouteGroup {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  return (app) => {
    for (const kind of tableKinds) addTableImport(app, kind, ports);
    app.get(
      '/export/residents.csv',
      {
        preParsing: requires('resident.write'),
        schema: { tags, summary: 'Residents with dwellings and contacts as CSV', response: problemResponses },
      },
      async (request, reply) => {
        await commit('recordExport', { actorId: userOf(request).id, of: 'residents' });
        const scope = scopeOf(request);
        const lines = csvOf(
          residentColumnNames.map(headingOf),
          (after, limit) => reads.residentRows({ scope, after, limit }),
          cellsOfRow,
        );
        return sendCsv(reply, 'residents.csv', lines);
      },
    );
    app.get(
      '/export/devices.csv',
      {
        preParsing: requires('device.write'),
        schema: { tags, summary: 'Devices as CSV', response: problemResponses },
      },
      async (request, reply) => {
        await commit('recordExport', { actorId: userOf(request).id, of: 'devices' });
        const scope = scopeOf(request);
        const lines = csvOf(
          deviceColumns,
          (after, limit) => reads.deviceRows({ scope, after, limit }),
          (device) => deviceColumns.map((column) => cellOf(device[column])),
        );
        return sendCsv(reply, 'devices.csv', lines);
      },
    );
    app.post(
      '/import/residents',
      {
        preParsing: requires('resident.write'),
        bodyLimit: importBytes,
        schema: {
          tags,
          summary: 'Enter residents and their dwellings: all rows, or none',
          body: residentImportSchema,
          response: { 201: importedSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const call = { actorId: userOf(request).id, scope: scopeOf(request), rows: request.body.rows };
        const outcome = await commit('importResidents', call);
        if (!outcome.ok) throw importRefused(outcome.errors);
        const { residents, dwellings } = outcome;
        return reply.code(201).send({ residents, dwellings });
      },
    );
  };
}

/** What has parts of its own stands as JSON in its cell; nothing stands empty. */
function cellOf(value: Device[(typeof deviceColumns)[number] & keyof Device] | string): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}

function sendCsv(reply: FastifyReply, name: string, lines: AsyncGenerator<string>): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(lines));
}
