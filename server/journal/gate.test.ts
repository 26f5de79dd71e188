import { describe, expect, it, vi } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import { openGate } from './gate.ts';
import { StoreFailure } from './journal-port.ts';
import type { Committed, JournalPort, Work } from './journal-port.ts';

const nothing = { alarms: [], devices: [], requests: [], commands: [], directory: null, lastSeq: 0 };
const limits = { waitingAtMost: 5, batchAtMost: 3, batchesAhead: 1, overdueAfterMs: 3_000, lateAfterMs: 250 };

/** A journal whose commits end when the test says so. */
function heldJournal() {
  const batches: { works: readonly Work[]; succeed: () => void; fail: (why: string) => void }[] = [];
  const journal: JournalPort = {
    commit: (works) =>
      new Promise<Committed>((resolve, reject) => {
        batches.push({
          works,
          succeed: () => resolve({ outcomes: works.map(() => ({ ok: true, result: 0 })), changes: nothing }),
          fail: (why) => reject(new StoreFailure('store-failed', why)),
        });
      }),
    close: () => Promise.resolve(),
  };
  return { journal, batches };
}

function open(more: Partial<typeof limits> = {}) {
  const clock = createMovingClock();
  const { journal, batches } = heldJournal();
  const gate = openGate(journal, clock, { ...limits, ...more });
  const told: string[] = [];
  gate.listen({
    committed: () => told.push('committed'),
    late: () => told.push('late'),
    storeChanged: (state) => told.push(state.is),
  });
  const answers: string[] = [];
  const enter = (name: string): void =>
    gate.commitThen('markCommandsSent', [name], (error) =>
      answers.push(error instanceof StoreFailure ? `${name}: ${error.code}` : name),
    );
  return { clock, gate, batches, told, answers, enter };
}

const batchNumber = (batches: unknown[], count: number) =>
  vi.waitFor(() => expect(batches).toHaveLength(count));

describe('the gate', () => {
  it('commits in one batch what waits while the one before commits, and answers in the order of the calls', async () => {
    const { batches, answers, enter, told } = open();
    enter('a');
    await batchNumber(batches, 1);
    enter('b');
    enter('c');
    expect(answers).toEqual([]);
    batches[0]!.succeed();
    await batchNumber(batches, 2);
    expect(batches[1]!.works).toHaveLength(2);
    expect(answers).toEqual(['a']);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(answers).toEqual(['a', 'b', 'c']));
    expect(told).toEqual(['committed', 'committed']);
  });

  it('gives the store the next batch before it answers the one that was committed', async () => {
    const { batches, answers, enter } = open({ batchesAhead: 2, waitingAtMost: 20 });
    for (let name = 1; name <= 8; name += 1) enter(String(name));
    await batchNumber(batches, 2);
    expect(batches.map(({ works }) => works.length)).toEqual([3, 3]);
    batches[0]!.succeed();
    await batchNumber(batches, 3);
    await vi.waitFor(() => expect(answers).toEqual(['1', '2', '3']));
    batches[1]!.succeed();
    batches[2]!.succeed();
    await vi.waitFor(() => expect(answers).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']));
  });

  it('lets what devices say go before its own upkeep, which goes alone', async () => {
    const { batches, answers, enter, gate } = open();
    enter('a');
    await batchNumber(batches, 1);
    void gate.commit('passDeadlines', null).then(() => answers.push('deadlines'));
    void gate.commit('indexByDevice', null).then(() => answers.push('index'));
    enter('b');
    enter('c');
    for (let number = 1; number <= 4; number += 1) {
      await batchNumber(batches, number);
      batches[number - 1]!.succeed();
    }
    await vi.waitFor(() => expect(answers).toEqual(['a', 'b', 'c', 'deadlines', 'index']));
    expect(batches.map(({ works }) => works.length)).toEqual([1, 2, 1, 1]);
  });

  it('takes its upkeep along when it has given way for a tenth of a second', async () => {
    const { batches, enter, gate, clock } = open();
    enter('a');
    await batchNumber(batches, 1);
    void gate.commit('passDeadlines', null);
    clock.move(100);
    enter('b');
    batches[0]!.succeed();
    await batchNumber(batches, 2);
    expect(batches[1]!.works.map(({ name }) => name)).toEqual(['markCommandsSent', 'passDeadlines']);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(gate.depth()).toBe(0));
  });

  it('refuses at once what is more than may wait, and says that nobody may assume it is stored', async () => {
    const { answers, enter, told, batches } = open();
    for (const name of ['1', '2', '3', '4', '5', '6']) enter(name);
    expect(answers).toEqual(['6: store-overloaded']);
    expect(told).toEqual(['late']);
    await batchNumber(batches, 1);
    batches[0]!.succeed();
    await batchNumber(batches, 2);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(answers).toHaveLength(6));
  });

  it('reports a work as late after 250 ms, once, and answers it as failed when it is overdue', async () => {
    const { clock, answers, enter, told, batches } = open();
    enter('a');
    await batchNumber(batches, 1);
    clock.move(200);
    expect(told).toEqual([]);
    clock.move(100);
    expect(told).toEqual(['late']);
    clock.move(2_800);
    expect(answers).toEqual(['a: store-overdue']);
    expect(told).toEqual(['late', 'failing']);
    batches[0]!.succeed();
    await vi.waitFor(() => expect(told).toEqual(['late', 'failing', 'ok', 'committed']));
    expect(answers).toEqual(['a: store-overdue']);
  });

  it('gives the store no more than it can do: what was overdue before its turn came is not committed for nobody', async () => {
    const { clock, answers, enter, batches, gate } = open();
    enter('a');
    await batchNumber(batches, 1);
    enter('b');
    enter('c');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    clock.move(2_000);
    enter('d');
    clock.move(1_500);
    expect(answers).toEqual(['a: store-overdue', 'b: store-overdue', 'c: store-overdue']);
    expect(gate.depth()).toBe(2);
    batches[0]!.succeed();
    await batchNumber(batches, 2);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(answers).toHaveLength(4));
    expect(answers.at(-1)).toBe('d');
    expect(batches.map(({ works }) => works.length)).toEqual([1, 1]);
  });

  it('fails a whole batch that could not be committed, and goes on with the next', async () => {
    const { batches, answers, enter, told, gate } = open();
    enter('a');
    await batchNumber(batches, 1);
    batches[0]!.fail('disk full');
    await vi.waitFor(() => expect(answers).toEqual(['a: store-failed']));
    expect(told).toEqual(['failing', 'late']);
    expect(gate.store()).toMatchObject({ is: 'failing', why: 'disk full' });
    enter('b');
    await batchNumber(batches, 2);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(answers).toEqual(['a: store-failed', 'b']));
    expect(gate.store()).toEqual({ is: 'ok' });
  });

  it('asks a failing store again every second without waiting for traffic', async () => {
    const { batches, enter, clock, gate } = open();
    enter('a');
    await batchNumber(batches, 1);
    batches[0]!.fail('disk full');
    await vi.waitFor(() => expect(gate.depth()).toBe(0));
    clock.move(1_000);
    await batchNumber(batches, 2);
    expect(batches[1]!.works.map(({ name }) => name)).toEqual(['proveStoreWorks']);
    batches[1]!.succeed();
    await vi.waitFor(() => expect(gate.store()).toEqual({ is: 'ok' }));
  });

  it('commits what it has taken before it stops, and takes nothing more', async () => {
    const { batches, answers, enter, gate } = open();
    enter('a');
    await batchNumber(batches, 1);
    const stopped = gate.stop();
    enter('b');
    batches[0]!.succeed();
    await stopped;
    expect(answers).toEqual(['b: store-overloaded', 'a']);
  });
});
