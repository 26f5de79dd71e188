import { setTimeout as pause } from 'node:timers/promises';
import type modbus from 'modbus-serial';
import { z } from 'zod';
import type { Decoded, PolledDriver, Poller } from './driver.ts';
import { changesOf, coilWrites, unitSchema } from './modbus-points.ts';
import type { CoilWrite, Unit } from './modbus-points.ts';
import { createModbusPort } from './modbus-port.ts';

const optionsSchema = z.strictObject({
  units: z.array(unitSchema).min(1),
  pollEveryMs: z.number().int().min(10).default(100),
  answerMs: z.number().int().min(10).default(200),
  /** Polls without an answer after which a unit counts as silent, and how often it is asked from then on. */
  silentAfter: z.number().int().min(1).default(3),
  silentEveryMs: z.number().int().min(10).default(5000),
});
type Options = z.infer<typeof optionsSchema>;

export const modbusRtu: PolledDriver = {
  name: 'modbus-rtu',
  about: 'wired call points on Modbus RTU input units (RS-485), with lamps on their coils',
  mode: 'polled',
  line: { baudRate: 9600 },
  addressScope: 'port',
  silenceLimitMs: 30_000,
  createPoller: (options, line) => createMaster(optionsSchema.parse(options), line),
};

/** The Modbus specification wants 3.5 characters of silence between frames: 4 ms at 9600 baud. */
const betweenFramesMs = 5;
/** Ten answers a second need not all be told as a sign of life. */
const aliveEveryMs = 5000;

type Result = { ok: boolean; reason?: string };
type Asked = { unit: Unit; states: boolean[]; failures: number; notBeforeMs: number };
type Client = modbus.default;
type Due = CoilWrite & { atMs: number; settle(result: Result): void };

function createMaster(options: Options, line: Parameters<PolledDriver['createPoller']>[1]): Poller {
  const bus = createModbusPort(line);
  const opened = openClient(bus.port, options.answerMs);
  const units: Asked[] = options.units.map((unit) => ({ unit, states: [], failures: 0, notBeforeMs: 0 }));
  let writes: Due[] = [];
  let ended = new AbortController();
  let running = Promise.resolve();
  let aliveAtMs = -Infinity;

  async function run(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      const nextRound = pause(options.pollEveryMs);
      for (const asked of units) {
        if (end.aborted) break;
        await writeDue();
        if (performance.now() >= asked.notBeforeMs) await poll(asked);
      }
      await nextRound;
    }
  }

  async function poll(asked: Asked): Promise<void> {
    const { unit } = asked;
    const answer = await transact(unit.id, (client) =>
      client.readDiscreteInputs(unit.firstInput, unit.inputs),
    );
    const wasSilent = asked.failures >= options.silentAfter;
    if (answer === undefined) {
      asked.failures += 1;
      const isSilent = asked.failures >= options.silentAfter;
      // A silent unit costs the others the whole time limit, so it is asked seldom.
      if (isSilent) asked.notBeforeMs = performance.now() + options.silentEveryMs;
      if (isSilent && !wasSilent) tell(unit, false);
      return;
    }
    if (wasSilent) tell(unit, true);
    asked.failures = 0;
    asked.notBeforeMs = 0;
    const heard = changesOf(unit, answer.data, asked.states);
    const decoded: Decoded[] = heard.map((each) => ({ of: 'heard', heard: each }));
    if (performance.now() - aliveAtMs >= aliveEveryMs) {
      aliveAtMs = performance.now();
      decoded.unshift({ of: 'firmware', says: 'alive' });
    }
    if (decoded.length > 0) line.decoded(decoded);
  }

  function tell(unit: Unit, isAnswering: boolean): void {
    const address = `unit.${unit.id}`;
    line.answering?.(address, isAnswering);
    const reading = { answering: isAnswering ? 1 : 0 };
    line.decoded([{ of: 'heard', heard: { of: 'reading', address, reading } }]);
  }

  /** `undefined`: no answer that could be used; the library says so by an error, whatever the cause. */
  async function transact<T>(unitId: number, ask: (client: Client) => Promise<T>): Promise<T | undefined> {
    const client = await opened;
    client.setID(unitId);
    try {
      return await ask(client);
    } catch (error) {
      bus.failed(error);
      return undefined;
    } finally {
      await pause(betweenFramesMs);
    }
  }

  async function writeDue(): Promise<void> {
    const now = performance.now();
    const due = writes.filter(({ atMs }) => atMs <= now);
    writes = writes.filter(({ atMs }) => atMs > now);
    for (const { unitId, coil, isOn, settle } of due) {
      const answer = await transact(unitId, (client) => client.writeCoil(coil, isOn));
      settle(answer === undefined ? { ok: false, reason: 'no-answer' } : { ok: true });
    }
  }

  return {
    start() {
      ended.abort();
      ended = new AbortController();
      const { signal } = ended;
      running = running.then(() => run(signal));
    },
    push: (bytes) => bus.push(bytes),
    async stop() {
      ended.abort();
      for (const { settle } of writes.splice(0)) settle({ ok: false, reason: 'stopped' });
      await running;
    },
    async order(order) {
      const wanted = coilWrites(options.units, order);
      if (wanted.length === 0) return { ok: false, reason: 'no-lamp' };
      const now = performance.now();
      const results = wanted.map(
        (write) =>
          new Promise<Result>((settle) => writes.push({ ...write, atMs: now + write.afterMs, settle })),
      );
      const failed = (await Promise.all(results)).find(({ ok }) => !ok);
      return failed ?? { ok: true };
    },
  };
}

/** Loaded when a bus is asked first: a bridge without one does not pay for it. */
async function openClient(port: object, answerMs: number): Promise<Client> {
  const { default: library } = await import('modbus-serial');
  const client = new library.default(port);
  client.setTimeout(answerMs);
  client.open(() => undefined);
  return client;
}
