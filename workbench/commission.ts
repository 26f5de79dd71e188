import { readFile } from 'node:fs/promises';
import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import {
  commissioningLineSchema,
  commissioningSchema,
  signatureSchema,
} from '@carebell/contracts/commissioning.ts';
import type { Check, Commissioning, witnessRoles } from '@carebell/contracts/commissioning.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { encodeQR } from 'qr';
import { z } from 'zod';
import { done, notDone, UsageError } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import { queryOf } from './hub.ts';
import type { Hub } from './hub.ts';
import { columns, timeAt } from './shown.ts';
import type { Texts } from './texts.ts';
import { elapsed } from './unknown.ts';

export type CommissionListOptions = { station?: string; dwelling?: string; mine?: true; state: string };
export type CheckOptions = {
  again?: true;
  confirm?: true;
  skip?: string;
  owner?: string;
  due?: string;
  json?: true;
};
export type SignOptions = {
  installer?: string;
  witness?: string;
  role: (typeof witnessRoles)[number];
  signatures?: string;
};

const lookEveryMs = 1_000;
const dayMs = 86_400_000;
const signaturesSchema = z.strictObject({ installer: signatureSchema, witness: signatureSchema });

export async function startCommissioning(hub: Hub, dwellingId: string, { texts }: Desk): Promise<Outcome> {
  const begun = await hub.post('/commissionings', { dwellingId }, commissioningSchema);
  return done(begun, [texts.commissioningBegun(begun.id), ...linesOf(begun, hub, texts)]);
}

export async function listCommissionings(
  hub: Hub,
  options: CommissionListOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const query = {
    limit: 100,
    state: options.state,
    stationId: options.station,
    dwellingId: options.dwelling,
    mine: options.mine && 'true',
  };
  const { items } = await hub.get(`/commissionings${queryOf(query)}`, pageOf(commissioningLineSchema));
  const rows = items.map(({ id, state, startedAt, startedBy, checks, address }) => [
    id,
    texts.commissioningStates[state],
    timeAt(startedAt, hub.session.hub.timeZone),
    texts.counts(checks.passed, checks.skipped, checks.waiting),
    startedBy.displayName,
    address,
  ]);
  return done(items, items.length === 0 ? [texts.noCommissionings] : columns(rows));
}

export async function showCommissioning(hub: Hub, wish: string, { texts }: Desk): Promise<Outcome> {
  const shown = await commissioningOf(hub, wish);
  return done(shown, linesOf(shown, hub, texts));
}

/**
 * Goes through the checks with the installer: says what to do next, and what the hub has heard, until nothing waits. The hub follows
 * by itself; leaving and coming back loses nothing.
 */
export async function followChecks(
  hub: Hub,
  wish: string,
  options: CheckOptions,
  desk: Desk,
): Promise<Outcome> {
  const { texts } = desk;
  let now = await commissioningOf(hub, wish);
  const told = new Map<string, string>();
  const tell = (): void => {
    for (const { deviceId, name, room, checks } of now.deviceList) {
      for (const check of checks) {
        const line = checkLine(check, hub, texts);
        if (told.get(`${deviceId} ${check.key}`) === line) continue;
        told.set(`${deviceId} ${check.key}`, line);
        const place = [name === '' ? deviceId : name, room].filter((part) => part !== '').join(' · ');
        if (options.json === true) desk.print(JSON.stringify({ deviceId, ...check }));
        else desk.print(`${place}  ${line}`);
      }
    }
  };
  tell();
  while (now.state === 'open' && now.checks.waiting > 0) {
    if (!(await elapsed(lookEveryMs, desk.interrupted))) break;
    now = await commissioningOf(hub, now.id);
    tell();
  }
  const { passed, skipped, waiting } = now.checks;
  const lines = [
    texts.counts(passed, skipped, waiting),
    ...(waiting === 0 ? [texts.mayBeSigned(now.id)] : []),
  ];
  const json = options.json === true ? undefined : now;
  return waiting === 0 ? done(json, lines) : notDone(json, lines);
}

/** One check of one device: begun anew, confirmed by the resident, or left as an open point. */
export async function decideCheck(
  hub: Hub,
  wish: string,
  deviceId: string,
  key: CheckKey,
  options: CheckOptions,
  desk: Desk,
): Promise<Outcome> {
  const { texts } = desk;
  const { id } = await commissioningOf(hub, wish);
  const of = { deviceId, key };
  const path = `/commissionings/${id}`;
  const wishes = [options.again, options.confirm, options.skip].filter((said) => said !== undefined);
  if (wishes.length > 1) throw new UsageError(texts.oneOf('--again, --confirm, --skip'));
  const after =
    options.again === true
      ? await hub.post(`${path}/again`, of, commissioningSchema)
      : options.confirm === true
        ? await hub.post(`${path}/confirm`, of, commissioningSchema)
        : options.skip !== undefined
          ? await hub.post(
              `${path}/skip`,
              { ...of, ...pointOf(options.skip, options, desk) },
              commissioningSchema,
            )
          : await hub.get(path, commissioningSchema);
  const check = after.deviceList
    .find((device) => device.deviceId === deviceId)
    ?.checks.find((candidate) => candidate.key === key);
  if (check === undefined) throw new UsageError(texts.noSuchCheck(deviceId, key));
  return done(check, [checkLine(check, hub, texts)]);
}

export async function prolongCommissioning(
  hub: Hub,
  wish: string,
  minutes: number,
  { texts }: Desk,
): Promise<Outcome> {
  const { id } = await commissioningOf(hub, wish);
  const after = await hub.post(`/commissionings/${id}/test`, { minutes }, commissioningSchema);
  return done(after, linesOf(after, hub, texts));
}

export async function abandonCommissioning(
  hub: Hub,
  wish: string,
  reason: string,
  { texts }: Desk,
): Promise<Outcome> {
  const { id } = await commissioningOf(hub, wish);
  const after = await hub.post(`/commissionings/${id}/abandon`, { reason }, commissioningSchema);
  return done(after, linesOf(after, hub, texts));
}

/** Signatures are drawn: without a file of them the page is shown where both sign by finger. */
export async function signCommissioning(
  hub: Hub,
  wish: string,
  { installer, witness, role, signatures }: SignOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const { id, checks } = await commissioningOf(hub, wish);
  if (signatures === undefined) {
    const page = `${hub.url}/commissionings/${id}`;
    const code = encodeQR(page, 'ascii', { ecc: 'medium', border: 2 }).trimEnd().split('\n');
    return notDone({ page, waiting: checks.waiting }, [texts.signThere, ...code, page]);
  }
  if (installer === undefined || witness === undefined)
    throw new UsageError(texts.oneOf('--installer, --witness'));
  const drawn = await signaturesIn(signatures, texts);
  const body = {
    installer: { name: installer, signature: drawn.installer },
    witness: { name: witness, role, signature: drawn.witness },
  };
  const signed = await hub.post(`/commissionings/${id}/sign`, body, commissioningSchema);
  return done(signed, [texts.signed(id, signed.sha256 ?? '')]);
}

/** By its own identifier, or the one of a dwelling that was begun last. */
export async function commissioningOf(hub: Hub, wish: string): Promise<Commissioning> {
  const { items } = await hub.get(
    `/commissionings${queryOf({ dwellingId: wish, limit: 1 })}`,
    pageOf(commissioningLineSchema),
  );
  return hub.get(`/commissionings/${encodeURIComponent(items[0]?.id ?? wish)}`, commissioningSchema);
}

function pointOf(reason: string, { owner, due }: CheckOptions, { texts, now }: Desk) {
  if (owner === undefined) throw new UsageError(texts.oneOf('--owner'));
  const dueAtMs = due === undefined ? now() + 7 * dayMs : Date.parse(due);
  if (Number.isNaN(dueAtMs)) throw new UsageError(`--due ${due}`);
  return { reason, owner, dueAt: new Date(dueAtMs).toISOString() };
}

async function signaturesIn(file: string, texts: Texts): Promise<z.infer<typeof signaturesSchema>> {
  try {
    return signaturesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(texts.unreadable(file, why));
  }
}

function linesOf(shown: Commissioning, hub: Hub, texts: Texts): string[] {
  const { timeZone } = hub.session.hub;
  const { passed, skipped, waiting } = shown.checks;
  return [
    `${shown.id}  ${texts.commissioningStates[shown.state]}  ${shown.address}  ${texts.counts(passed, skipped, waiting)}`,
    ...(shown.test === null
      ? shown.state === 'open'
        ? [texts.testOver]
        : []
      : [texts.underTest(timeAt(shown.test.endsAt, timeZone))]),
    ...shown.deviceList.flatMap(({ deviceId, type, name, room, checks }) => [
      [deviceId, texts.types[type], name, room].filter((part) => part !== '').join('  '),
      ...checks.map((check) => `  ${checkLine(check, hub, texts)}`),
    ]),
    ...shown.points.map(
      ({ id, deviceId, check, reason, owner, dueAt, doneAt }) =>
        `${doneAt === null ? '○' : '✓'} ${id}  ${deviceId}  ${texts.checks[check]}  ${reason}  ${owner}  ${timeAt(dueAt, timeZone)}`,
    ),
  ];
}

function checkLine(check: Check, hub: Hub, texts: Texts): string {
  const mark = { passed: '✓', skipped: '↷', waiting: '○' }[check.state];
  const { have, of } = check.progress;
  const said =
    check.state === 'passed'
      ? timeAt(check.passedAt, hub.session.hub.timeZone)
      : check.state === 'skipped'
        ? (check.skipped?.reason ?? '')
        : `${have}/${of}${check.next === null ? '' : ` → ${texts.toDo[check.next] ?? check.next}`}`;
  return `${mark} ${texts.checks[check.key]} [${check.key}]  ${said}`;
}
