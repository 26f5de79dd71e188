import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { isWhole } from '../../service-request/request-chain.ts';
import type { RequestLog } from '../../service-request/request-chain.ts';
import type { Tables } from './tables.ts';

const requestsAtOnce = 500;

/** Goes through the chains of all requests: how many there are, and which do not hold. */
export async function checkRequests(db: Kysely<Tables>): Promise<{ checked: number; broken: string[] }> {
  const broken: string[] = [];
  let checked = 0;
  let after = '';
  for (;;) {
    const logs = await logsAfter(db, after);
    broken.push(...logs.filter((log) => !isWhole(log)).map(({ requestId }) => requestId));
    checked += logs.length;
    const last = logs.at(-1);
    if (last === undefined || logs.length < requestsAtOnce) return { checked, broken };
    after = last.requestId;
  }
}

async function logsAfter(db: Kysely<Tables>, after: string): Promise<RequestLog[]> {
  const requests = await db
    .selectFrom('service_requests')
    .select(['id', 'version', 'last_seq', 'last_hash'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(requestsAtOnce)
    .execute();
  const requestId = sql<string>`json_extract(body, '$.requestId')`;
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'at', 'body', 'hash', requestId.as('request_id')])
    .where('type', '=', sql.lit('request'))
    .where(requestId, 'in', ['', ...requests.map(({ id }) => id)])
    .orderBy('seq')
    .execute();
  const steps = Map.groupBy(rows, (row) => row.request_id);
  return requests.map((request) => ({
    requestId: request.id,
    steps: (steps.get(request.id) ?? []).map(({ seq, at, body, hash }) => ({ seq, atMs: at, body, hash })),
    head: { steps: request.version, lastSeq: request.last_seq, lastHash: request.last_hash },
  }));
}
