import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { influxdIn } from '@carebell/server/compose.ts';
import { serviceOrSkip } from '../services.ts';
import type { Fault, Prepared } from './faults.ts';

/** What an InfluxDB holds after it was gone is compared in `history.test.ts`. */
export const historyFaults: readonly Fault[] = [
  {
    name: 'influx-gone',
    what: 'the InfluxDB is killed and comes back after 3 s',
    rounds: 1,
    async prepare() {
      const program = serviceOrSkip('influxd');
      if (program === undefined) return 'influxd is not there';
      const folder = mkdtempSync(join(tmpdir(), 'carebell-influx-'));
      const influxd = await influxdIn(folder, program);
      await influxd.start();
      const prepared: Prepared & { influxd: typeof influxd } = {
        influxd,
        setting: { environment: { CAREBELL_INFLUX_URL: `${influxd.url}/carebell` } },
        async undo() {
          await influxd.kill();
          rmSync(folder, { recursive: true });
        },
      };
      return prepared;
    },
    async strike(_, prepared) {
      const { influxd } = prepared as Prepared & { influxd: Awaited<ReturnType<typeof influxdIn>> };
      await influxd.kill();
      await pass(3_000);
      await influxd.start();
    },
  },
];
