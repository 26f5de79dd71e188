import {
  tableHeadings,
  tableImportedSchema,
  tableImportSchemas,
} from '@carebell/contracts/registry-tables.ts';
import type { TableKind } from '@carebell/contracts/registry-tables.ts';
import type { FastifyReply } from 'fastify';
import { issueSecret } from '../device/secret-routes.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import type { Action } from '../identity/rights.ts';
import { importRefused } from '../resident/registry-answers.ts';
import { csvLine } from './csv.ts';
import type { TransferRoutePorts } from './transfer-routes.ts';

const tags = ['transfer'];
/** A thousand rows with the meanings of many keys. */
const importBytes = 8 * 1024 * 1024;
const rightTo: Record<TableKind, Action> = {
  dwellings: 'dwelling.write',
  gateways: 'device.write',
  devices: 'device.write',
};

/** `POST /import/{kind}`, and its empty list with the headings. */
export function addTableImport(app: CarebellApp, kind: TableKind, ports: TransferRoutePorts): void {
  const { authorization, commit } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const preParsing = requires(rightTo[kind]);
  app.get(
    `/import/${kind}/template.csv`,
    {
      preParsing,
      schema: { tags, summary: `An empty list of ${kind}, with its headings`, response: problemResponses },
    },
    async (_request, reply) => sendTemplate(reply, kind),
  );
  app.post(
    `/import/${kind}`,
    {
      preParsing,
      bodyLimit: importBytes,
      schema: {
        tags,
        summary: `Enter ${kind}: all rows, or none; secrets are shown only here`,
        body: tableImportSchemas[kind],
        response: { 201: tableImportedSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { rows } = request.body;
      const issued = rows.map(() => issueSecret(ports));
      const outcome = await commit('importTable', {
        actorId: userOf(request).id,
        scope: scopeOf(request),
        // The schema of the route is that of its kind.
        list: { of: kind, rows } as Parameters<typeof commit<'importTable'>>[1]['list'],
        secretHashes: issued.map(({ secretHash }) => secretHash),
      });
      if (!outcome.ok) throw importRefused(outcome.errors);
      const { ids, hasSecret } = outcome;
      const secrets = ids.flatMap((id, index) => {
        const secret = issued[index]?.secret;
        return hasSecret[index] === true && secret !== undefined ? [{ id, secret }] : [];
      });
      return reply.code(201).send({ entered: ids.length, secrets });
    },
  );
}

function sendTemplate(reply: FastifyReply, kind: TableKind): FastifyReply {
  return (
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${kind}.csv"`)
      // Without the mark Excel takes UTF-8 for the code page of the computer.
      .send(`\uFEFF${csvLine(tableHeadings(kind))}`)
  );
}
