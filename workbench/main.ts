import { runCommandLine } from './command-line.ts';
import { chooseLanguage, textsIn } from './texts.ts';

const argv = process.argv.slice(2);
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

process.exitCode = await runCommandLine(argv, {
  env: process.env,
  texts: textsIn(chooseLanguage(argv, process.env)),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  isTerminal: process.stdout.isTTY,
  now: Date.now,
  interrupted: interrupt.signal,
});
