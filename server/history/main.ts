import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BadSettings, historyIn, influxdIn, readConfig, viewHistory } from '../compose.ts';
import { copyHistory } from './copy.ts';
import type { CopyPlace } from './copy.ts';

const help = `npm run history -- COMMAND

  status                        which store, how far behind the journal
  dead-letters [--limit N]      points that the store would not take, the latest first
  copy --from sqlite --to influx [--since 2026-01-01] [--restart]
                                copies the points of one store into the other; goes on where it was interrupted
  influxd [--dir DIR] [--port 8086] [--program /usr/bin/influxd]
                                runs an InfluxDB of this machine, for a trial or the demo

The settings are the hub's own: CAREBELL_DATA_DIR, CAREBELL_INFLUX_URL, CAREBELL_HISTORY_DAYS, CAREBELL_TIME_ZONE.`;

const { values, positionals } = parse();
try {
  await carryOut(positionals[0]);
} catch (error) {
  console.error(error instanceof BadSettings || error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        since: { type: 'string' },
        restart: { type: 'boolean', default: false },
        limit: { type: 'string', default: '20' },
        dir: { type: 'string', default: './data-influx' },
        port: { type: 'string', default: '8086' },
        program: { type: 'string', default: '/usr/bin/influxd' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(1);
  }
}

async function carryOut(command: string | undefined): Promise<void> {
  if (values.help || command === undefined) console.log(help);
  else if (command === 'status') await status();
  else if (command === 'dead-letters') await deadLetters();
  else if (command === 'copy') await copy();
  else if (command === 'influxd') await influxd();
  else throw new Error(`no such command: ${command}\n\n${help}`);
}

async function status(): Promise<void> {
  const view = await viewHistory(readConfig(process.env), Date.now(), 1);
  try {
    const health = await view.desk.health();
    console.log(`store     ${view.desk.store}${health.ok ? '' : `, not well: ${health.problem}`}`);
    console.log(`journal   ${view.journalSeq}`);
    const cursor = health.ok ? await view.desk.cursor() : undefined;
    if (cursor !== undefined) console.log(`history   ${cursor}, ${view.journalSeq - cursor} entries behind`);
    console.log(`refused   ${view.deadLetters.length === 0 ? 'nothing' : 'see dead-letters'}`);
  } finally {
    await view.close();
  }
}

async function deadLetters(): Promise<void> {
  const view = await viewHistory(readConfig(process.env), Date.now(), Number(values.limit));
  for (const { refused_at: atMs, reason, line } of view.deadLetters)
    console.log(`${new Date(atMs).toISOString()}  ${reason}\n  ${line}`);
  if (view.deadLetters.length === 0) console.log('the store has taken everything');
  await view.close();
}

async function copy(): Promise<void> {
  const [from, to] = [storeOf(values.from), storeOf(values.to)];
  if (from === to) throw new Error('copy needs --from and --to, one "sqlite" and the other "influx"');
  const config = readConfig(process.env);
  const nowMs = Date.now();
  const [source, target] = [await historyIn(config, from, nowMs), await historyIn(config, to, nowMs)];
  const placeFile = join(config.dataDir, `history-copy-to-${to}.json`);
  if (values.restart) rmSync(placeFile, { force: true });
  const place = existsSync(placeFile) ? (JSON.parse(readFileSync(placeFile, 'utf8')) as CopyPlace) : {};
  const fromMs = values.since === undefined ? 0 : Date.parse(values.since);
  if (Number.isNaN(fromMs)) throw new Error('--since: use a day such as 2026-01-01');
  let toldAtMs = 0;
  let refused = 0;
  const copied = await copyHistory({
    from: source,
    to: target,
    fromMs,
    toMs: nowMs,
    place,
    reached(reachedPlace, { measurement, points, reachedMs }) {
      // Whole or not at all: a copy that is interrupted here begins at the place before.
      writeFileSync(`${placeFile}.new`, JSON.stringify(reachedPlace));
      renameSync(`${placeFile}.new`, placeFile);
      if (Date.now() - toldAtMs < 1_000) return;
      toldAtMs = Date.now();
      const perSecond = Math.round(points / ((toldAtMs - nowMs) / 1000 || 1));
      console.log(
        `${measurement}: ${new Date(reachedMs).toISOString()}, ${points} points, ${perSecond} per second`,
      );
    },
    refused(line, reason) {
      refused += 1;
      appendFileSync(join(config.dataDir, `history-copy-to-${to}.refused`), `${reason}\n  ${line}\n`);
    },
  });
  console.log('downsampling what was copied');
  while (await target.upkeep(Date.now())) process.stdout.write('.');
  await source.close();
  await target.close();
  console.log(`\ncopied ${copied} points, ${refused} refused`);
}

function storeOf(name: string | undefined): 'sqlite' | 'influx' {
  if (name === 'sqlite' || name === 'influx') return name;
  throw new Error('copy needs --from and --to, one "sqlite" and the other "influx"');
}

async function influxd(): Promise<void> {
  const server = await influxdIn(values.dir, values.program, Number(values.port));
  await server.start();
  console.log(
    `InfluxDB ${server.url}; start the hub or the demo with CAREBELL_INFLUX_URL=${server.url}/carebell`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
