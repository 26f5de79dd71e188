import { parseArgs } from 'node:util';
import { BadSettings, readConfig } from '../config.ts';
import { checkLog } from './compose.ts';

const options = { alarm: { type: 'string' }, help: { type: 'boolean' } } as const;
const usage = `npm run verify-log -- [--alarm ID]
  CAREBELL_DATA_DIR  数据目录 / the data directory
  结束码 / exit code: 0 完好 holds, 1 断链 broken, 2 无法检查 cannot be checked`;

process.exitCode = await run();

async function run(): Promise<number> {
  let alarmId: string | undefined;
  let dataDir: string;
  try {
    const { values } = parseArgs({ options });
    if (values.help === true) {
      console.log(usage);
      return 0;
    }
    alarmId = values.alarm;
    dataDir = readConfig(process.env).dataDir;
  } catch (error) {
    if (error instanceof BadSettings) {
      console.error(error.message);
      return 2;
    }
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const check = await checkLog(dataDir, alarmId);
  if (!check.ok) {
    console.error(`无法检查 / cannot be checked: ${check.message}`);
    return 2;
  }
  const { cases, steps, broken, fingerprint } = check.verified;
  for (const { alarmId: id, chain } of broken) {
    const where = chain.brokenAt === null ? '' : ` seq ${chain.brokenAt}`;
    console.error(`断链 / broken: ${id}${where} (${chain.fault})`);
  }
  const { records, requests } = check;
  for (const id of records.broken) console.error(`断链 / broken: record ${id}`);
  for (const id of requests.broken) console.error(`断链 / broken: request ${id}`);
  const faults = broken.length + records.broken.length + requests.broken.length;
  const verdict = faults === 0 ? '完好 / holds' : `断链 / broken: ${faults}`;
  console.log(
    `${verdict}  案件 cases ${cases}  步骤 steps ${steps}  请求 requests ${requests.checked}  记录 records ${records.signed}  fingerprint ${fingerprint}`,
  );
  return faults === 0 ? 0 : 1;
}
