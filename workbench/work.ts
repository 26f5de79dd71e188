import { commissioningPointSchema } from '@carebell/contracts/commissioning.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { jobPageSchema, jobSchema } from '@carebell/contracts/maintenance.ts';
import type { Job, JobKind } from '@carebell/contracts/maintenance.ts';
import type { SupervisedKind } from '@carebell/contracts/supervision.ts';
import { done, notDone } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import { queryOf } from './hub.ts';
import type { Hub } from './hub.ts';
import { columns, timeAt } from './shown.ts';
import type { Texts } from './texts.ts';

export type WorkListOptions = {
  kind?: JobKind;
  station?: string;
  device?: string;
  mine?: true;
  done?: true;
  limit: number;
};
export type JobOptions = { kind: JobKind; gateway?: true; takeOver?: true };

export async function listWork(hub: Hub, options: WorkListOptions, { texts }: Desk): Promise<Outcome> {
  const query = {
    kind: options.kind,
    stationId: options.station,
    deviceId: options.device,
    mine: options.mine && 'true',
    state: options.done && 'done',
  };
  const items: Job[] = [];
  for (let cursor: string | undefined; items.length < options.limit;) {
    const limit = Math.min(100, options.limit - items.length);
    const page = await hub.get(`/maintenance${queryOf({ ...query, limit, cursor })}`, jobPageSchema);
    items.push(...page.items);
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  return done(items, items.length === 0 ? [texts.noWork] : linesOf(items, hub, texts));
}

export async function takeWork(hub: Hub, id: string, options: JobOptions, { texts }: Desk): Promise<Outcome> {
  const body = { ...keyOf(id, options), takeOver: options.takeOver === true };
  const job = await hub.post('/maintenance/take', body, jobSchema);
  return done(job, [texts.workTaken, ...linesOf([job], hub, texts)]);
}

export async function releaseWork(
  hub: Hub,
  id: string,
  options: JobOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const job = await hub.post('/maintenance/release', keyOf(id, options), jobSchema);
  return done(job, [texts.workReleased, ...linesOf([job], hub, texts)]);
}

export async function noteWork(
  hub: Hub,
  id: string,
  text: string,
  options: JobOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const job = await hub.post('/maintenance/notes', { ...keyOf(id, options), text }, jobSchema);
  return done(job, [texts.workNoted, ...linesOf([job], hub, texts)]);
}

/**
 * Open points of its commissioning are done when somebody says so. Everything else the hub must have seen: what is still open is
 * named, with what it waits for.
 */
export async function doneWork(hub: Hub, id: string, note: string, { texts }: Desk): Promise<Outcome> {
  const points = await hub.get(
    `/commissioning-points${queryOf({ deviceId: id, limit: 500 })}`,
    pageOf(commissioningPointSchema),
  );
  for (const point of points.items)
    await hub.post(`/commissioning-points/${point.id}/done`, { note }, commissioningPointSchema);
  const open = await hub.get(`/maintenance${queryOf({ deviceId: id, limit: 100 })}`, jobPageSchema);
  // The list of the hub is some seconds old; the points are not.
  const left = open.items.filter(({ kind }) => kind !== 'commissioning');
  const json = { pointsDone: points.items.map((point) => point.id), open: left };
  const told = points.items.length === 0 ? [] : [texts.pointsDone(points.items.length)];
  if (left.length === 0) return done(json, [...told, texts.nothingOpen(id)]);
  return notDone(json, [
    ...told,
    ...linesOf(left, hub, texts),
    ...new Set(left.map(({ kind }) => texts.doneWhen[kind])),
  ]);
}

function keyOf(id: string, { kind, gateway }: JobOptions) {
  const of: SupervisedKind = gateway === true ? 'gateway' : 'device';
  return { kind, of, id };
}

function linesOf(jobs: readonly Job[], hub: Hub, texts: Texts): string[] {
  const { timeZone } = hub.session.hub;
  const rows = jobs.map((job) => [
    texts.jobKinds[job.kind],
    job.id,
    [job.name, job.room].filter((part) => part !== '').join(' · '),
    job.address ?? job.stationName ?? '–',
    [
      job.percent === null ? '' : `${job.percent} %`,
      job.wished === null ? '' : `${job.version ?? '–'} → ${job.wished}`,
      job.reason ?? '',
      timeAt(job.done?.at ?? job.dueAt ?? job.since, timeZone),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    job.taken?.by.displayName ?? '',
  ]);
  return columns([texts.workHeads, ...rows]);
}
