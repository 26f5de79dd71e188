import { isNobodysHome } from '@carebell/contracts/virtual-device-names.ts';
import { instant } from '../clock.ts';
import { apply, raiseOrJoin } from '../alarm/alarm-service.ts';
import type { DeviceHome } from '../device/device-store.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { Transaction } from '../journal/transaction.ts';
import { wasTested } from '../test-mode/test-mode.ts';
import type { TestModeRecord } from '../test-mode/test-mode.ts';
import type { Eye, HubLife, Line, Watched } from './detection-store.ts';
import { advance, withAlarm } from './engine.ts';
import type { Finding, Note, Turn } from './engine.ts';
import { rulesFor } from './packs.ts';
import { reasonOf } from './reason.ts';
import { putRules } from './rule-works.ts';
import { merged } from './sight.ts';
import type { Watch, WatchInput } from './watch.ts';

/** The hub was not running, or not following, for longer than this: what happened meanwhile is not known. */
const gapFromMs = 300_000;
/** How often it is noted that the hub is alive. */
const aliveEveryMs = 60_000;
const gapsKeptMs = 3 * 24 * 3_600_000;
const dueAtMost = 200;
/**
 * How often rules are looked at for the entries of one portion: a gateway that signs in is one entry and a look for each of the
 * hundreds of devices behind it, and when a hub starts all of its gateways sign in.
 */
const turnsAtMost = 200;
/** Ways of going off line that are no sleep. */
const lostBy: ReadonlySet<string> = new Set(['connection-lost', 'keep-alive-missed', 'announced']);

export type Followed = {
  isMoreLeft: boolean;
  nextDueMs: number | null;
  /** Up to which entry of the journal it has seen, and when the last one that it took up reached the hub. */
  seq: number;
  reachedMs: number | null;
};

/** One portion: what is known of a resident is read and written once, however many events there are. */
type Portion = {
  tx: Transaction;
  timeZone: string;
  hub: HubLife;
  /** What ran while these entries came in. */
  tests: readonly TestModeRecord[];
  turns: number;
  eyes: Map<string, Eye | undefined>;
  residents: Map<string, { watched: Watched | undefined; watch: Watch | null; isChanged: boolean }>;
};

/**
 * Follows the journal behind all that devices say, and when it has come to its end carries out what is due. The cursor
 * moves in the same transaction, so each entry is taken up once, whatever happens to the hub.
 */
export async function followDetection(
  tx: Transaction,
  { timeZone, atMost }: { timeZone: string; atMost: number },
): Promise<Followed> {
  const store = tx.detection;
  const known = await store.cursor();
  // What happened before detection first ran is not taken up: its alarms would be of the past.
  const fromSeq = known ?? (await store.lastSeq());
  const { lines, ...read } = await store.linesAfter(fromSeq, atMost);
  const [firstLine] = lines;
  const portion: Portion = {
    tx,
    timeZone,
    hub: await noteAlive(tx),
    tests: firstLine ? await tx.testModes.endedSince(firstLine.receivedMs) : [],
    turns: 0,
    eyes: new Map(),
    residents: new Map(),
  };
  const last = await takeAll(portion, lines);
  const isCut = last !== undefined && last !== lines.at(-1);
  const untilSeq = isCut ? last.seq : read.untilSeq;
  if (untilSeq !== known) await store.keepCursor(untilSeq);
  const isEnd = !isCut && read.count < atMost;
  const due = isEnd ? await store.due(tx.nowMs, dueAtMost) : [];
  for (const residentId of due) await turn(portion, residentId, { type: 'time', receivedMs: tx.nowMs });
  for (const [residentId, { watch, isChanged }] of portion.residents)
    if (isChanged && watch) await store.putWatch(residentId, watch);
  return {
    isMoreLeft: !isEnd || due.length === dueAtMost,
    nextDueMs: await store.nextDueMs(),
    seq: untilSeq,
    reachedMs: last?.receivedMs ?? null,
  };
}

/** A hub that was not seen running for a while has a gap there. A clock that was set back makes none. */
async function noteAlive(tx: Transaction): Promise<HubLife> {
  const known = await tx.detection.hubLife();
  const life = known ?? { aliveMs: tx.nowMs, gaps: [] };
  const silentMs = tx.nowMs - life.aliveMs;
  if (known && silentMs >= 0 && silentMs < aliveEveryMs) return life;
  const gaps = life.gaps.filter(({ untilMs }) => untilMs > tx.nowMs - gapsKeptMs);
  if (silentMs > gapFromMs) gaps.push({ fromMs: life.aliveMs, untilMs: tx.nowMs });
  const next = { aliveMs: tx.nowMs, gaps: merged(gaps) };
  await tx.detection.putHubLife(next);
  return next;
}

/** Takes up entries until there was enough to do for one portion. Returns the last one that it took. */
async function takeAll(portion: Portion, lines: readonly Line[]): Promise<Line | undefined> {
  for (const line of lines) {
    await take(portion, line);
    if (portion.turns >= turnsAtMost) return line;
  }
  return lines.at(-1);
}

async function take(portion: Portion, line: Line): Promise<void> {
  if (line.type === 'registry') {
    portion.eyes.clear();
    for (const [residentId, { watch, isChanged }] of portion.residents)
      if (isChanged && watch) await portion.tx.detection.putWatch(residentId, watch);
    portion.residents.clear();
    return;
  }
  if (line.type === 'availability') return takeLink(portion, line);
  const eye = await eyeOf(portion, line.deviceId);
  if (!eye) return;
  const { id, type, room, name, residentIds } = eye;
  const at = { device: { id, type, room, name }, atMs: line.atMs, receivedMs: line.receivedMs };
  const values = line.body !== null && typeof line.body === 'object' ? { ...line.body } : {};
  const input: WatchInput =
    line.type === 'event'
      ? { type: 'event', ...at, kind: (await isTested(portion, line)) ? tested : (line.kind ?? '') }
      : { type: 'reading', ...at, values };
  for (const residentId of residentIds) await turn(portion, residentId, input);
}

/** Whoever tests is no resident: the device is alive, and nothing is learnt of anybody's life. */
const tested = 'tested';

async function isTested({ tx, tests }: Portion, line: Line): Promise<boolean> {
  if (tests.length === 0) return false;
  const home = await tx.devices.home(line.deviceId);
  const times = { happenedAtMs: line.atMs, receivedAtMs: line.receivedMs };
  // Of a home where nobody lives the rules can be shown: what is tried there is all the life it has.
  return home !== undefined && !isNobodysHome(home) && wasTested(tests, home, times);
}

/** A device that signs off sleeps; one that is lost, or whose gateway is gone, cannot be heard. */
async function takeLink(portion: Portion, { deviceId, kind, body, receivedMs }: Line): Promise<void> {
  const { of, cause } = body as { of?: string; cause?: string };
  const isUp = kind === 'online';
  if (of === 'device' && !isUp && !lostBy.has(cause ?? '')) return;
  const deviceIds = of === 'gateway' ? await portion.tx.detection.devicesBehind(deviceId) : [deviceId];
  for (const id of deviceIds) {
    const eye = await eyeOf(portion, id);
    for (const residentId of eye?.residentIds ?? [])
      await turn(portion, residentId, { type: 'link', deviceId: id, isUp, receivedMs });
  }
}

async function turn(portion: Portion, residentId: string, input: WatchInput): Promise<void> {
  const { tx, timeZone, hub } = portion;
  portion.turns += 1;
  // Of whom nothing is known yet, nothing can be unknown.
  if (input.type === 'link' && !(await isKnown(portion, residentId))) return;
  const resident = await residentOf(portion, residentId);
  const { watched } = resident;
  if (!watched) return;
  const rules = rulesFor(watched.riskGroups, watched.changes);
  const turned = tryAdvance(resident.watch, input, {
    rules,
    zone: (atMs) => zoneOffsetMs(timeZone, atMs),
    absences: watched.absences,
    hubGaps: hub.gaps,
    buttonId: watched.buttonId,
  });
  if ('broken' in turned) {
    const refusal = { reason: 'detection-broken', subject: residentId, sample: turned.broken } as const;
    await tx.refusals.count(refusal, 1, tx.nowMs);
    // Looked at again with the next event; without it the same deadline would break again and again.
    if (resident.watch) resident.watch = { ...resident.watch, dueMs: null };
    resident.isChanged = true;
    return;
  }
  const { watch, findings, notes } = turned;
  resident.watch = watch;
  resident.isChanged = true;
  for (const note of notes) await enterNote(tx, note);
  for (const finding of findings) {
    const alarmId = await raiseFinding(tx, watched, finding);
    resident.watch = withAlarm(resident.watch, finding.ruleId, alarmId);
  }
}

/** A defect in the rules must not stop them for everybody else. */
function tryAdvance(...turn: Parameters<typeof advance>): Turn | { broken: string } {
  try {
    return advance(...turn);
  } catch (error) {
    return { broken: String(error).slice(0, 200) };
  }
}

async function raiseFinding(
  tx: Transaction,
  { residentId, dwellingId, stationId }: Watched,
  finding: Finding,
): Promise<string> {
  const device = await tx.devices.home(finding.deviceId);
  const home: DeviceHome = {
    ...(device ?? { type: 'other', gatewayId: null, isRegistered: true }),
    deviceId: finding.deviceId,
    residentId,
    dwellingId,
    stationId,
  };
  const pressedAtMs = finding.rule === 'door-at-night' ? finding.sinceMs : finding.noticedMs;
  const isLate = finding.isLate === true;
  const alarmId = await raiseOrJoin(tx, finding.kind, home, { pressedAtMs, receivedAtMs: tx.nowMs, isLate });
  await apply(tx, alarmId, { type: 'noticed', reason: reasonOf(finding) });
  return alarmId;
}

/** An alarm that is closed already keeps its time line as it was closed. */
async function enterNote(tx: Transaction, { alarmId, is, deviceId, eventKind, atMs }: Note): Promise<void> {
  if (alarmId === null) return;
  await apply(tx, alarmId, { type: 'life-seen', is, deviceId, eventKind, happenedAt: instant(atMs) });
}

async function eyeOf({ tx, eyes }: Portion, deviceId: string): Promise<Eye | undefined> {
  if (!eyes.has(deviceId)) eyes.set(deviceId, await tx.detection.eye(deviceId));
  return eyes.get(deviceId);
}

async function isKnown({ tx, residents }: Portion, residentId: string): Promise<boolean> {
  const known = residents.get(residentId);
  return (known ? known.watch : await tx.detection.watch(residentId)) !== null;
}

async function residentOf({ tx, residents }: Portion, residentId: string) {
  const known = residents.get(residentId);
  if (known) return known;
  const resident = {
    watched: await tx.detection.watched(residentId, tx.nowMs),
    watch: await tx.detection.watch(residentId),
    isChanged: false,
  };
  residents.set(residentId, resident);
  return resident;
}

export const detectionWorks = { followDetection, putRules };
