import { runCommandLine } from './cli/command-line.ts';
import { chooseLanguage, textsIn } from './cli/texts.ts';

const argv = process.argv.slice(2);
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

process.exitCode = await runCommandLine(argv, {
  env: process.env,
  texts: textsIn(chooseLanguage(argv, process.env)),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  interrupted: interrupt.signal,
  ...(process.stdin.isTTY && { keys: keysOf(process.stdin) }),
});

function keysOf(keyboard: NodeJS.ReadStream): (pressed: (key: string) => void) => () => void {
  return (pressed) => {
    const take = (typed: Buffer) => {
      for (const key of typed.toString()) pressed(key);
    };
    keyboard.setRawMode(true);
    keyboard.on('data', take);
    return () => {
      keyboard.off('data', take);
      keyboard.setRawMode(false);
      keyboard.pause();
    };
  };
}
