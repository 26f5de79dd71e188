import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const stages = ['throughput', 'latency', 'start', 'bridge', 'history', 'detection'] as const;
export type Stage = (typeof stages)[number];

export type Options = {
  stages: readonly Stage[];
  rounds: number;
  /** Length of one measurement, after the warm-up. */
  seconds: number;
  warmUpSeconds: number;
  idleSeconds: number;
  /** Help presses of one round, each of another resident. */
  alarms: number;
  /** Events that the history holds. */
  historyEvents: number;
  /** Resident-months that the rules see. */
  residentMonths: number;
  /** Whether the flow of Node-RED is measured, for which 117 MB are installed once. */
  nodeRed: boolean;
  output: string;
};

export type Command = { run: Options } | { help: true } | { problem: string };

export const helpText = `npm run bench -- [STAGE ...] [options]

Compares the hub with bare Aedes, with Aedes and a plain journal, with Mosquitto where it is installed, and with a flow
of Node-RED (installed once, 117 MB in node_modules/.cache, no part of the project);
measures the gateway bridge from a frame on its line to the PUBLISH, and the history beside a plain loop into InfluxDB;
lets the behaviour rules see labelled resident-months of seeds that nobody tuned them on.

  --only STAGE   ${stages.join(', ')}; may be repeated, or be named without --only
  --rounds N     rounds over all subjects (3)
  --seconds N    length of one measurement (8); of latency, whose p99 needs more presses, four times that
  --quick        one short round without Node-RED: does everything run?
  --node-red     with Node-RED also then
  --output FILE  where the JSON goes (bench/results/latest.json)
  --help         this text
`;

/** Reads the command line. */
export function readCommand(args: readonly string[]): Command {
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({
      allowPositionals: true,
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'node-red': { type: 'boolean', default: false },
        output: { type: 'string', default: join(import.meta.dirname, 'results', 'latest.json') },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { help: true };
  const named = [...positionals, ...(values.only ?? [])];
  const wanted = named.length > 0 ? named : stages;
  const unknown = wanted.find((name) => !stages.some((stage) => stage === name));
  if (unknown !== undefined) return { problem: `--only ${unknown}: use ${stages.join(', ')}` };
  const isQuick = values.quick;
  const rounds = Number(values.rounds ?? (isQuick ? 1 : 3));
  const seconds = Number(values.seconds ?? (isQuick ? 1 : 8));
  if (!Number.isInteger(rounds) || rounds < 1) return { problem: '--rounds: use a whole number from 1' };
  if (!(seconds > 0)) return { problem: '--seconds: use a number above 0' };
  return {
    run: {
      stages: stages.filter((stage) => wanted.includes(stage)),
      rounds,
      seconds,
      warmUpSeconds: isQuick ? 0.5 : 2,
      idleSeconds: isQuick ? 1 : 10,
      alarms: isQuick ? 100 : 2000,
      historyEvents: isQuick ? 50_000 : 1_000_000,
      residentMonths: isQuick ? 12 : 200,
      nodeRed: values['node-red'] || !isQuick,
      output: values.output,
    },
  };
}
