import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of a load: it is asked one thing at a time, and never outlives whoever started it. */
export type LoadChild<Ask extends object, Tell> = { ask(message: Ask): Promise<Tell>; kill(): void };

export function startLoadChild<Ask extends object, Tell>(file: string, from: string): LoadChild<Ask, Tell> {
  const child = fork(fileURLToPath(new URL(file, from)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} has ended (${String(code)})`);
  });
  gone.catch(() => undefined);
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    async ask(message) {
      const told = once(child, 'message');
      child.send(message);
      const [answer] = (await Promise.race([told, gone])) as [Tell];
      return answer;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** In the process: answers each message with what `answer` makes of it. */
export function answerOrders(answer: (message: never) => Promise<object> | object): void {
  process.once('disconnect', () => process.exit(1));
  process.on('message', (message) => {
    void Promise.resolve(answer(message as never)).then((told) => process.send?.(told));
  });
}
