import { alarmOfRule } from '@carebell/contracts/rule-alarms.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Rule, RuleKind } from '@carebell/contracts/detection.ts';
import { factsOf, stuckAfterMs } from './facts.ts';
import type { Facts, Surroundings } from './facts.ts';
import { judgeButton, judgeDoorAtNight, judgeDoorOpen, judgeStuck, judgeTooMuch } from './happening-rules.ts';
import { learn } from './learn.ts';
import type { Learnt } from './learn.ts';
import { unknownWithin } from './sight.ts';
import {
  judgeBathroom,
  judgeCounter,
  judgeInactivity,
  judgeNotBack,
  judgeNotUp,
  judgeOutOfBed,
} from './silence-rules.ts';
import type { Raise, Verdict } from './verdict.ts';
import { newWatch } from './watch.ts';
import type { Raised, Watch, WatchInput } from './watch.ts';

/** What a rule has found: an alarm with its reason. */
export type Finding = Raise & {
  ruleId: string;
  rule: RuleKind;
  kind: AlarmKind;
  noticedMs: number;
  unknownMs: number;
};

/** What was seen after, or before, something was raised; it closes nothing. */
export type Note = {
  ruleId: string;
  alarmId: string | null;
  is: 'activity-seen' | 'later-event';
  deviceId: string;
  eventKind: string;
  atMs: number;
};

export type Turn = { watch: Watch; findings: Finding[]; notes: Note[] };

/**
 * What was kept back comes in one go; a minute after its first event all of it is here. Until then nothing is said of what
 * began before it: a silence may be one between two messages.
 */
const lateMs = 120_000;
const settleMs = 60_000;
/** The same door, opened again and again within this time, is one case. */
const sameOpeningMs = 15 * 60_000;

/**
 * Takes up one input, or the passing of time, and says what the rules find. Pure: everything that is known of the
 * resident stands in the watch, whose size and cost do not grow with time.
 */
export function advance(before: Watch | null, input: WatchInput, surroundings: Surroundings): Turn {
  const { rules, zone } = surroundings;
  let watch = before ?? newWatch(input.receivedMs);
  const findings: Finding[] = [];
  const judge = (): void => {
    const judged = judgeAll(watch, surroundings);
    watch = judged.watch;
    findings.push(...judged.findings);
  };
  const nowMs = Math.max(watch.nowMs, input.receivedMs);
  // What was due before this became known is judged by what was known then.
  if (before && watch.dueMs !== null && watch.dueMs <= nowMs) {
    watch = { ...watch, nowMs };
    judge();
  }
  const learnt = learn(watch, input, { rules, zone, stuckAfterMs: stuckAfterMs(rules) });
  watch = learnt.watch;
  if (input.type === 'event' && input.receivedMs - input.atMs > lateMs)
    watch = { ...watch, settlesMs: watch.settlesMs ?? watch.nowMs + settleMs };
  const notes = note(watch, learnt.sign, rules);
  if (notes.length > 0) watch = { ...watch, raised: withNotes(watch.raised, notes) };
  judge();
  return { watch, findings, notes };
}

function judgeAll(watch: Watch, surroundings: Surroundings): { watch: Watch; findings: Finding[] } {
  const facts = factsOf(watch, watch.nowMs, surroundings);
  const findings: Finding[] = [];
  let raised = watch.raised;
  const settlesMs = watch.settlesMs !== null && watch.settlesMs > facts.nowMs ? watch.settlesMs : null;
  let dueMs: number | null = null;
  for (const rule of surroundings.rules) {
    const verdict = verdictOf(rule, facts);
    if (!verdict) continue;
    const { atMs, raise } = verdict;
    if (raise && isRaised(raised[rule.id], raise, rule.kind)) continue;
    if (raise && settlesMs !== null && raise.sinceMs < facts.nowMs - lateMs)
      dueMs = Math.min(dueMs ?? Infinity, settlesMs);
    else if (raise && atMs <= facts.nowMs) {
      const finding = findingOf(rule, raise, facts);
      findings.push(finding);
      raised = { ...raised, [rule.id]: raisedBy(finding) };
    } else if (atMs > facts.nowMs) dueMs = Math.min(dueMs ?? Infinity, atMs);
  }
  return { watch: { ...watch, raised, settlesMs, dueMs }, findings };
}

function verdictOf(rule: Rule, facts: Facts): Verdict {
  switch (rule.kind) {
    case 'inactivity':
      return judgeInactivity(rule, facts);
    case 'not-up':
      return judgeNotUp(rule, facts);
    case 'too-much-activity':
      return judgeTooMuch(rule, facts);
    case 'door-open':
      return judgeDoorOpen(rule, facts);
    case 'door-at-night':
      return judgeDoorAtNight(rule, facts);
    case 'not-back':
      return judgeNotBack(rule, facts);
    case 'bathroom-long':
      return judgeBathroom(rule, facts);
    case 'out-of-bed':
      return judgeOutOfBed(rule, facts);
    case 'button-not-tested':
      return judgeButton(rule, facts);
    case 'counter-without-use':
      return judgeCounter(rule, facts);
    case 'sensor-stuck':
      return judgeStuck(rule, facts);
  }
}

function isRaised(known: Raised | undefined, { episode }: Raise, kind: RuleKind): boolean {
  if (!known) return false;
  if (kind === 'door-at-night') return episode - known.episode < sameOpeningMs;
  return known.episode === episode;
}

function findingOf(rule: Rule, raise: Raise, { nowMs, unknown }: Facts): Finding {
  return {
    ...raise,
    ruleId: rule.id,
    rule: rule.kind,
    kind: rule.kind === 'door-at-night' ? rule.raises : alarmOfRule[rule.kind],
    noticedMs: nowMs,
    unknownMs: unknownWithin({ fromMs: raise.sinceMs, untilMs: nowMs }, unknown),
  };
}

function raisedBy({ episode, sinceMs, noticedMs, deviceId }: Finding): Raised {
  const noted = { alarmId: null, isSeen: false, isContradicted: false };
  return { episode, sinceMs, atMs: noticedMs, deviceId, ...noted };
}

type Sign = NonNullable<Learnt['sign']>;

/** Whether a sign of life speaks against what a rule has raised. */
const speaksAgainst: Record<RuleKind, (sign: Sign, raised: Raised, watch: Watch) => boolean> = {
  inactivity: () => true,
  'not-up': () => true,
  'too-much-activity': () => false,
  'door-open': ({ kind, deviceId }, raised) => kind === 'door.closed' && deviceId === raised.deviceId,
  'door-at-night': ({ isIndoors }) => isIndoors,
  'not-back': ({ isIndoors }) => isIndoors,
  'bathroom-long': (_sign, _raised, watch) => watch.bathroomMs === null,
  'out-of-bed': ({ kind }) => kind === 'bed.entered',
  'button-not-tested': ({ kind }) => kind === 'button.pressed' || kind === 'test.pressed',
  'counter-without-use': () => true,
  'sensor-stuck': () => false,
};

function note(watch: Watch, sign: Learnt['sign'], rules: readonly Rule[]): Note[] {
  if (!sign) return [];
  const notes: Note[] = [];
  for (const [ruleId, raised] of Object.entries(watch.raised)) {
    const rule = rules.find(({ id }) => id === ruleId);
    if (!rule || sign.atMs <= raised.sinceMs) continue;
    const is = sign.atMs > raised.atMs ? 'activity-seen' : 'later-event';
    const isKnown = is === 'activity-seen' ? raised.isSeen : raised.isContradicted;
    if (isKnown || !speaksAgainst[rule.kind](sign, raised, watch)) continue;
    const { deviceId, kind: eventKind, atMs } = sign;
    notes.push({ ruleId, alarmId: raised.alarmId, is, deviceId, eventKind, atMs });
  }
  return notes;
}

function withNotes(raised: Watch['raised'], notes: readonly Note[]): Watch['raised'] {
  const next = { ...raised };
  for (const { ruleId, is } of notes) {
    const known = next[ruleId];
    if (known)
      next[ruleId] = { ...known, ...(is === 'activity-seen' ? { isSeen: true } : { isContradicted: true }) };
  }
  return next;
}

/** Which alarm stands for what a rule has raised, so that notes find it. */
export function withAlarm(watch: Watch, ruleId: string, alarmId: string): Watch {
  const known = watch.raised[ruleId];
  return known ? { ...watch, raised: { ...watch.raised, [ruleId]: { ...known, alarmId } } } : watch;
}
