import { runCommandLine } from './cli/command-line.ts';
import { chooseLanguage, textsIn } from './cli/texts.ts';
import { systemClock } from './clock.ts';

const argv = process.argv.slice(2);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());

process.exitCode = await runCommandLine(argv, {
  env: process.env,
  texts: textsIn(chooseLanguage(argv, process.env)),
  clock: systemClock(),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  interrupted: interrupt.signal,
  onReload: (reload) => process.on('SIGHUP', reload),
});
