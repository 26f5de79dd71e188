import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { aims, loadShape } from './load-shape.ts';
import { helpText, readCommand } from './options.ts';
import type { Options } from './options.ts';
import { run } from './run.ts';
import { findSubjects } from './subjects.ts';
import { table } from './table.ts';

const command = readCommand(process.argv.slice(2));
if ('help' in command) console.log(helpText);
else if ('problem' in command) {
  console.error(`${command.problem}\n\n${helpText}`);
  process.exitCode = 1;
} else {
  try {
    await compare(command.run);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function compare(options: Options): Promise<void> {
  const say = (line: string): void => console.error(line);
  const isCompared = options.stages.some((stage) => stage === 'throughput' || stage === 'latency');
  const { subjects, mosquitto, nodeRed, leftOut } = findSubjects(options.nodeRed && isCompared, say);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    aedes: '1.2.0',
    mosquitto,
    nodeRed,
  };
  console.error(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}`);
  console.error(
    `${loadShape.sensors} connections, ${loadShape.inFlight} QoS 1 events in flight on each; the hub's event rate per account is lifted`,
  );
  if (isCompared) leftOut.forEach(say);
  const startedAt = new Date();
  const report = await run(options, subjects, say);
  console.log(table(report));
  mkdirSync(dirname(options.output), { recursive: true });
  const document = { at: startedAt.toISOString(), machine, options, loadShape, aims, ...report };
  writeFileSync(options.output, `${JSON.stringify(document, null, 2)}\n`);
  console.log(`\n${options.output}`);
}
