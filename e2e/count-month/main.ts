import { parseArgs } from 'node:util';
import { apiRoot } from '@carebell/contracts/http-api.ts';
import { reportSchema } from '@carebell/contracts/report.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { logIn } from '../api.ts';
import { compareReport } from './count-month.ts';
import { openRecords } from './journal.ts';
import type { Records } from './journal.ts';

const usage = `npm run -s count-month -- --data DIR --month 2026-10 [--hub URL --user NAME]
  Counts a month anew from what stands in DIR, without the hub's code, and compares it with every report of that month
  that the hub has stored. A month that is not over yet is asked of the running hub at URL (CAREBELL_PASSWORD).
  Exit code 0: all numbers are the same; 1: some are not; 2: there is nothing to compare.`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['CAREBELL_DATA_DIR'] ?? './data' },
    month: { type: 'string' },
    hub: { type: 'string' },
    user: { type: 'string', default: 'admin' },
  },
});
const { data, month, hub, user } = values;
if (month === undefined) {
  console.error(usage);
  process.exit(2);
}

const records = openRecords(data);
const reports = hub === undefined ? stored(records, month) : [await asked(hub, user, month)];
if (reports.length === 0) {
  console.error(`no report of ${month} is stored in ${data}; ask the running hub for it with --hub`);
  process.exit(2);
}
let differences = 0;
for (const { id, report } of reports) {
  const compared = compareReport(records, report, id);
  differences += compared.differences.length;
  console.log(`${month} ${id}: ${compared.numbers} numbers, ${compared.differences.length} differences`);
  for (const one of compared.differences)
    console.log(`  ${one.where}: hub ${String(one.hub)}, counted ${String(one.counted)}`);
}
records.close();
process.exitCode = differences === 0 ? 0 : 1;

function stored(from: Records, of: string): { id: string; report: Report }[] {
  return from
    .stored(of)
    .map(({ organisationId, report }) => ({
      id: organisationId,
      report: reportSchema.parse(JSON.parse(report)),
    }))
    .toSorted((a, b) => a.id.localeCompare(b.id));
}

async function asked(url: string, name: string, of: string): Promise<{ id: string; report: Report }> {
  const api = await logIn(url, name, process.env['CAREBELL_PASSWORD'] ?? '');
  const { status, body } = await api.get<Report>(`/report?month=${of}`);
  if (status !== 200) throw new Error(`GET ${apiRoot}/report: ${status}`);
  return { id: rootOrganisationId, report: reportSchema.parse(body) };
}
