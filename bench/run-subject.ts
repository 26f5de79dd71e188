import { join } from 'node:path';
import { startChild } from './child.ts';
import type { Measure, MeasureResult, Task } from './load/generator.ts';
import type { FromSubject, Wanted } from './place.ts';
import type { Subject } from './subjects.ts';

/** Processor time of the subject for one event, its start not counted; steadier than a rate on a machine with other work. */
export type Cost = { cpuMicrosEach: number | null };

const generatorFile = join(import.meta.dirname, 'load', 'generator.ts');

/**
 * Starts the subject in one process and the load generator in another, and ends both. A subject that has stored less
 * than it has acknowledged, or turned something away, has failed.
 */
export async function runSubject<M extends Measure>(
  { name, file, setting, flags }: Subject,
  wanted: Wanted,
  task: Omit<Task, 'place' | 'measure'> & { measure: M },
): Promise<MeasureResult<M> & Cost> {
  const subject = startChild<FromSubject>(file, { ...setting, wanted }, flags);
  try {
    const ready = await subject.next();
    if (ready.type !== 'ready') throw new Error(`${name} ended before it was ready`);
    const generator = startChild<MeasureResult<M>>(generatorFile, { ...task, place: ready.place });
    let result;
    try {
      result = await generator.next();
    } finally {
      await generator.end();
    }
    subject.send({ type: 'end' });
    const ended = await subject.next();
    if (ended.type !== 'ended') throw new Error(`${name} did not say what it has stored`);
    const { stored, refused } = ended.ledger;
    const acknowledged = 'acknowledged' in result ? result.acknowledged : result.alarms;
    if (refused > 0) throw new Error(`${name} turned ${refused} of the publications away`);
    if (stored !== null && stored < acknowledged)
      throw new Error(`${name} acknowledged ${acknowledged} events and stored ${stored}`);
    const { cpuMs } = ended;
    return { ...result, cpuMicrosEach: cpuMs === null ? null : (cpuMs * 1000) / acknowledged };
  } finally {
    await subject.end();
  }
}
