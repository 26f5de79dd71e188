import { parseArgs } from 'node:util';
import { restore } from './compose.ts';

const options = {
  from: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean' },
} as const;
const usage = `npm run restore -- --from FILE --data-dir NEW
  把备份恢复到一个新的数据目录 / restores a back-up into a new data directory
  结束码 / exit code: 0 完成 done, 1 未完成 not done`;

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({ options });
    const { from, 'data-dir': dataDir } = values;
    if (values.help === true || from === undefined || dataDir === undefined) {
      console.log(usage);
      return values.help === true ? 0 : 1;
    }
    const done = await restore({ from, dataDir });
    if (!done.ok) {
      console.error(`未恢复 / not restored (${done.reason}): ${done.message}`);
      return 1;
    }
    const { madeAt, counts, cases, keys, settings } = done.manifest;
    const numbers = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    console.log(`已恢复 / restored as of ${madeAt}: ${dataDir}`);
    console.log(`  ${numbers.join('  ')}`);
    console.log(`  cases ${cases.cases}  steps ${cases.steps}  fingerprint ${cases.fingerprint}`);
    for (const { name, id } of keys)
      console.log(`  启动前请放入密钥 / put this key there before you start the hub: ${name} (${id})`);
    console.log(
      `  CAREBELL_TIME_ZONE=${settings.timeZone} CAREBELL_LOCALE=${settings.locale} CAREBELL_HISTORY_DAYS=${settings.historyDays}`,
    );
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
