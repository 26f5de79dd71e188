import { fork } from 'node:child_process';
import { once } from 'node:events';
import { repository } from './npm-start.ts';

export type Child<Message> = {
  /** The next message; rejects with what the child has said on stderr if it ends without one. */
  next(): Promise<Message>;
  send(message: object): void;
  /** Resolves when it has ended, by itself or by force. */
  end(): Promise<void>;
};

/** Runs a file of this folder in a process of its own, with `setting` as its first message. */
export function startChild<Message>(file: string, setting: object, flags: string[] = []): Child<Message> {
  const child = fork(file, { cwd: repository, stdio: ['ignore', 'inherit', 'pipe', 'ipc'], execArgv: flags });
  const messages: Message[] = [];
  let complaint = '';
  let hasEnded = false;
  let wake = (): void => undefined;
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4_000);
  });
  child.on('message', (message) => {
    messages.push(message as Message);
    wake();
  });
  const ended = untilEnded();
  child.send(setting);

  async function untilEnded(): Promise<void> {
    // Not `close`: it never comes after this side has disconnected the channel.
    await Promise.all([once(child, 'exit'), child.stderr && once(child.stderr, 'close')]);
    hasEnded = true;
    wake();
  }

  return {
    async next() {
      for (;;) {
        const message = messages.shift();
        if (message !== undefined) return message;
        if (hasEnded) throw new Error(`${file} ended (${child.exitCode ?? child.signalCode}):\n${complaint}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    send: (message) => void child.send(message),
    async end() {
      if (hasEnded) return;
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
