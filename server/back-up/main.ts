import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { readConfig, version } from '../compose.ts';
import { backUp } from './compose.ts';

const options = { to: { type: 'string' }, help: { type: 'boolean' } } as const;
const usage = `npm run backup -- --to FILE
  备份运行中的平台 / backs up a hub, running or not
  CAREBELL_DATA_DIR  数据目录 / the data directory
  结束码 / exit code: 0 完成 done, 1 未完成 not done`;

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({ options });
    if (values.help === true || values.to === undefined) {
      console.log(usage);
      return values.help === true ? 0 : 1;
    }
    // The hub on this machine goes first.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    const config = readConfig(process.env);
    const done = await backUp(config, { to: values.to, hubVersion: version, nowMs: Date.now() });
    if (!done.ok) {
      console.error(`未备份 / not backed up (${done.reason}): ${done.message}`);
      return 1;
    }
    const { counts, cases, keys, settings } = done.manifest;
    const numbers = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    console.log(`已备份 / backed up: ${values.to}`);
    console.log(`  ${numbers.join('  ')}`);
    console.log(`  cases ${cases.cases}  steps ${cases.steps}  fingerprint ${cases.fingerprint}`);
    for (const { name, id } of keys)
      console.log(`  密钥另存 / keep this key elsewhere, it is not in the file: ${name} (${id})`);
    if (settings.history === 'influx')
      console.log('  InfluxDB 请另行备份 / the InfluxDB is backed up by its own tools');
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
