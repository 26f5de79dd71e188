import { once } from 'node:events';
import type { Place } from '../place.ts';
import { measureAlarms } from './measure-alarms.ts';
import { measureLatency } from './measure-latency.ts';
import { measureThroughput } from './measure-throughput.ts';

const measures = { throughput: measureThroughput, latency: measureLatency, alarms: measureAlarms };
export type Measure = keyof typeof measures;
export type MeasureResult<M extends Measure> = Awaited<ReturnType<(typeof measures)[M]>>;
export type Task = { measure: Measure; place: Place; warmUpSeconds: number; seconds: number };

process.once('disconnect', () => process.exit(1));
const [task] = (await once(process, 'message')) as [Task];
process.send?.(await measures[task.measure](task.place, task));
