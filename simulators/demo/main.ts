import { runDemo } from './demo.ts';
import { readDemoSettings } from './settings.ts';

const read = readDemoSettings(process.argv.slice(2), process.env);
if (read.ok) {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  process.exitCode = await runDemo(read.settings, {
    env: process.env,
    print: (line) => console.log(line),
    printError: (line) => console.error(line),
    interrupted: interrupt.signal,
  });
} else {
  for (const line of read.lines) (read.exitCode === 0 ? console.log : console.error)(line);
  process.exitCode = read.exitCode;
}
