import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { dispositions } from '@carebell/contracts/dispositions.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { contactId } from './contact-group.ts';
import { openCases } from '../adapters/sqlite/cases-under-test.ts';
import type { Cases, StoredAlarm } from '../adapters/sqlite/cases-under-test.ts';
import { firstBrokenStep } from '../alarm/alarm-chain.ts';
import type { AlarmStep } from '../alarm/alarm-state.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-histories-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;

/** What the histories below came to in all, so that a property that looked at nothing would be noticed. */
const seen = {
  steps: 0,
  notifications: 0,
  closed: 0,
  expired: 0,
  missed: 0,
  restarts: 0,
  scripted: 0,
  rung: 0,
  asked: 0,
  sent: 0,
  joined: 0,
  withdrawn: 0,
};

type Deed = (cases: Cases) => Promise<void>;

const person = (id: string) => ({ id, displayName: id });
const people = fc.constantFrom('li', 'zhang').map(person);
const which = fc.nat(2);
/** Half of the time to the very next deadline, otherwise some time of its own: far over several of them, or hardly any. */
const time: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Deed>((cases) => cases.passToNextDeadline()) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 90_000 }).map<Deed>((ms) => (cases) => cases.pass(ms)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 7_200_000 }).map<Deed>((ms) => (cases) => cases.pass(ms)),
  },
);
const press = fc
  .tuple(
    fc.constantFrom('b1', 'b2', 'f1', 'stray'),
    fc.constantFrom('button.pressed', 'fall.suspected', 'fall.detected', 'smoke.detected', 'battery.low'),
    fc.constantFrom(0, 0, 0, 600_000),
  )
  .map<Deed>(
    ([deviceId, kind, ageMs]) =>
      (cases) =>
        cases.hear(deviceId, kind, ageMs),
  );
const claims = fc.constantFrom(
  {},
  { proof: 'voice-contact' as const },
  { proof: 'device-event' as const },
  { withoutProofBecause: 'nobody there', mayWaiveProof: true },
);
/** What the owner does with an alarm; now and then somebody tries who is not. */
const guided = fc
  .tuple(
    which,
    fc.oneof({ weight: 4, arbitrary: fc.constant('owner') }, { weight: 1, arbitrary: fc.constant('li') }),
    fc.oneof(
      fc.constantFrom<[string, ScriptAnswer]>(
        ['resident', 'reached'],
        ['danger', 'yes'],
        ['contacts.1', 'coming'],
        ['contacts.2', 'refused'],
        ['access', 'done'],
        ['seen', 'yes'],
        ['seen', 'no'],
        ['check', 'done'],
        ['danger', 'done'],
        ['gone', 'done'],
      ),
      fc.constantFrom('view', 'done'),
      fc.constantFrom(1, 5, 30, 720),
      fc.record({ disposition: fc.constantFrom(...dispositions), claim: claims }),
    ),
  )
  .map<Deed>(([n, who, what]) => async (cases) => {
    const held = cases.alarms().filter(({ state }) => state.phase === 'acknowledged');
    const alarm = held[n % Math.max(1, held.length)];
    if (alarm?.state.phase !== 'acknowledged') return;
    const user = who === 'owner' ? alarm.state.owner : person(who);
    const input = { alarmId: alarm.id, user };
    if (typeof what === 'number') {
      await cases.carryOut({ name: 'setCallBack', input: { ...input, inMinutes: what, note: '' } });
      // Most histories end before half an hour has passed.
      if (what === 1) await cases.pass(61_000);
    } else if (typeof what === 'object' && 'claim' in what)
      await cases.carryOut({
        name: 'closeAlarm',
        input: {
          ...input,
          mayCloseForOthers: false,
          disposition: what.disposition,
          note: 'n',
          ...what.claim,
        },
      });
    else if (typeof what !== 'string')
      await cases.carryOut({
        name: 'doScriptStep',
        input: { ...input, key: what[0], answer: what[1], note: '' },
      });
    else await cases.carryOut({ name: what === 'view' ? 'viewAccess' : 'endCallBack', input });
  });
/** Whoever has it, or takes it for that, sends somebody by link or call, now and then twice; or takes a link back. */
const sending = fc
  .tuple(
    which,
    fc.constantFrom('13900000001', '13900000001', '13900000002', '13900000003', 'zhang', 'nobody'),
    fc.constantFrom('link', 'link', 'phone', 'withdraw'),
    fc.constantFrom(1, 2),
  )
  .map<Deed>(([n, who, what, times]) => async (cases) => {
    const open = cases.alarms().filter(({ state }) => state.phase !== 'closed');
    const alarm = open[n % Math.max(1, open.length)];
    if (alarm === undefined || alarm.state.phase === 'closed') return;
    const alarmId = alarm.id;
    const user = alarm.state.phase === 'raised' ? person('li') : alarm.state.owner;
    if (alarm.state.phase === 'raised')
      await cases.carryOut({ name: 'acknowledgeAlarm', input: { alarmId, user, takeOver: false } });
    if (what === 'withdraw') {
      const notificationId = alarm.state.asked?.findLast(
        (one) => one.notificationId !== null,
      )?.notificationId;
      if (notificationId != null)
        await cases.carryOut({ name: 'withdrawLink', input: { notificationId, user } });
      return;
    }
    const personId = who.startsWith('139') ? contactId('wang', who) : who;
    for (let turn = 0; turn < times; turn += 1)
      await cases.carryOut({ name: 'dispatchResponder', input: { alarmId, user, personId, way: what } });
  });
const asking = fc
  .tuple(which, people, fc.constantFrom('answered', 'not-reached', 'declined'), fc.boolean())
  .map<Deed>(([n, user, result, isToBeAsked]) => async (cases) => {
    const closed = cases
      .alarms()
      .filter(({ state }) => state.phase === 'closed' && (!isToBeAsked || state.followUp !== undefined));
    const alarm = closed[n % Math.max(1, closed.length)];
    if (!alarm) return;
    const score = result === 'answered' ? 4 : null;
    const input = { alarmId: alarm.id, user, result, score, note: '' };
    await cases.carryOut({ name: 'recordFollowUp', input });
  });
const handling = fc.oneof(
  fc.tuple(which, people, fc.boolean()).map<Deed>(
    ([n, user, takeOver]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({ name: 'acknowledgeAlarm', input: { alarmId, user, takeOver } })),
  ),
  fc.tuple(which, people).map<Deed>(
    ([n, user]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({ name: 'noteAlarm', input: { alarmId, user, note: 'n' } })),
  ),
  fc.tuple(which, people, people, fc.boolean()).map<Deed>(
    ([n, user, to, mayHandOverForOthers]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({
          name: 'handOverAlarm',
          input: { alarmId, user, to, mayHandOverForOthers, note: '' },
        })),
  ),
  fc.tuple(which, people, fc.constantFrom(...dispositions), fc.boolean(), claims).map<Deed>(
    ([n, user, disposition, mayCloseForOthers, claim]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({
          name: 'closeAlarm',
          input: { alarmId, user, disposition, mayCloseForOthers, note: 'n', ...claim },
        })),
  ),
  fc.tuple(which, people).map<Deed>(
    ([n, user]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({
          name: 'reopenAlarm',
          input: { alarmId, user, mayCloseForOthers: true, closedAtMs: null, note: '' },
        })),
  ),
  fc
    .tuple(
      which,
      people,
      fc.constantFrom('13900000001', '13900000002'),
      fc.constantFrom('refused', 'coming', 'no-answer'),
    )
    .map<Deed>(
      ([n, user, phone, outcome]) =>
        (cases) =>
          cases.onAlarm(n, (alarmId) => ({
            name: 'tryContact',
            input: { alarmId, user, phone, outcome: outcome, note: '' },
          })),
    ),
  fc.tuple(which, people).map<Deed>(
    ([n, user]) =>
      (cases) =>
        cases.onAlarm(n, (alarmId) => ({
          name: 'recordDisplayed',
          input: { alarmIds: [alarmId], user, screenId: 's' },
        })),
  ),
  fc
    .constantFrom('taken', 'on-the-way', 'on-site', 'help-needed', 'done')
    .map<Deed>((report) => (cases) => cases.respond(report)),
  fc.constant<Deed>((cases) => cases.move('m1')),
);
const interruption = fc.oneof(
  fc.constant<Deed>(async (cases) => {
    seen.restarts += 1;
    cases.restart();
  }),
  fc.constant<Deed>(async (cases) => {
    seen.restarts += 1;
    await cases.diesWhileItLooks();
  }),
);
const history = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: time },
    { weight: 2, arbitrary: press },
    { weight: 8, arbitrary: handling },
    { weight: 4, arbitrary: guided },
    { weight: 4, arbitrary: sending },
    { weight: 3, arbitrary: asking },
    { weight: 1, arbitrary: interruption },
  ),
  { minLength: 15, maxLength: 50 },
);

function stands(alarm: StoredAlarm, nowMs: number): void {
  const { state, nextDeadlineAtMs } = alarm;
  if (state.phase === 'closed') {
    expect(dispositions).toContain(state.disposition);
    expect(state.owner.id).not.toBe('');
    expect(nextDeadlineAtMs).toBeNull();
    if (alarmKinds[state.kind].priority === 'emergency') expect(state.proof).toBeDefined();
    return;
  }
  // The hub has looked: what is open has something that will happen, and it lies ahead.
  expect(nextDeadlineAtMs).toBeGreaterThan(nowMs);
  if (state.phase === 'acknowledged') expect(state.owner.id).not.toBe('');
  else expect('owner' in state).toBe(false);
}

function toldOnce(cases: Cases, alarm: StoredAlarm): void {
  const steps = cases.steps(alarm.id);
  expect(firstBrokenStep(alarm.id, steps)).toBeUndefined();
  const lines = steps.map(({ body }) => JSON.parse(body) as AlarmStep);
  const queued = lines.flatMap((line) =>
    line.step === 'notification-queued' ? [`${line.stepKey} ${line.recipient.id}`] : [],
  );
  const rows = cases.notifications(alarm.id).map(({ stepKey, recipientId }) => `${stepKey} ${recipientId}`);
  expect(queued.toSorted()).toEqual(rows.toSorted());
  expect(new Set(queued).size).toBe(queued.length);
  for (const line of lines) {
    if (line.step !== 'escalated' && line.step !== 'called') continue;
    const isOnlyFirst = line.step === 'escalated' && line.mode === 'in-order';
    const reachable = line.people.filter(({ id }) => cases.isReachable(id));
    for (const { id } of isOnlyFirst ? reachable.slice(0, 1) : reachable)
      expect(queued).toContain(`${line.stepKey} ${id}`);
  }
  seen.steps += lines.length;
  seen.notifications += rows.length;
  seen.closed += alarm.state.phase === 'closed' ? 1 : 0;
  seen.expired += lines.filter(({ step }) => step === 'acknowledgement-expired').length;
  const count = (name: AlarmStep['step']): number => lines.filter(({ step }) => step === name).length;
  seen.scripted += count('script-step-done');
  seen.rung += count('call-back-due');
  seen.asked += count('resident-asked');
  seen.missed += alarm.state.escalation?.missed.length ?? 0;
}

/** Whoever was sent by a link has exactly one for each asking, and no second one within a minute. */
function sentOnce(cases: Cases, alarm: StoredAlarm): void {
  const lines = cases.steps(alarm.id).map(({ atMs, body }) => ({ atMs, ...(JSON.parse(body) as AlarmStep) }));
  const queued = new Map(
    lines.flatMap((line) =>
      line.step === 'notification-queued' ? [[line.notificationId, line] as const] : [],
    ),
  );
  const last = new Map<string, number>();
  for (const line of lines) {
    if (line.step === 'link-withdrawn') {
      seen.withdrawn += 1;
      last.clear();
    }
    if (line.step !== 'responder-asked') continue;
    seen.sent += 1;
    const { responder, way, notificationId, isJoined, atMs } = line;
    if (way !== 'link') {
      expect(notificationId).toBeNull();
      continue;
    }
    const notification = queued.get(notificationId ?? '');
    expect(notification?.recipient.id).toBe(responder.id);
    expect(notification?.stepKey.startsWith('dispatch-') !== isJoined).toBe(true);
    if (isJoined) seen.joined += 1;
    expect(atMs - (last.get(responder.id) ?? -Infinity)).toBeGreaterThanOrEqual(60_000);
    last.set(responder.id, atMs);
  }
}

/** Each step of an alarm's life has one owner at most, and nobody closes what nobody has. */
function hasOneOwner(cases: Cases, alarm: StoredAlarm): void {
  let owner: string | null = null;
  for (const { body } of cases.steps(alarm.id)) {
    const line = JSON.parse(body) as AlarmStep;
    switch (line.step) {
      case 'acknowledged':
        expect(owner).toBeNull();
        owner = line.user.id;
        break;
      case 'taken-over':
      case 'handed-over':
        expect(owner).toBe(line.from.id);
        owner = line.step === 'taken-over' ? line.user.id : line.to.id;
        break;
      case 'acknowledgement-expired':
        expect(owner).toBe(line.user.id);
        owner = null;
        break;
      case 'script-step-done':
      case 'access-viewed':
      case 'call-back-set':
      case 'call-back-done':
      case 'responder-asked':
        // Nobody handles what somebody else has.
        expect(owner).toBe(line.user.id);
        break;
      case 'closed':
        expect(owner).not.toBeNull();
        break;
      case 'reopened':
        owner = line.user.id;
        break;
      default:
    }
  }
  const { state } = alarm;
  if (state.phase === 'acknowledged') expect(state.owner.id).toBe(owner);
  if (state.phase === 'raised') expect(owner).toBeNull();
}

it('over any history, with a hub that dies at any point, no alarm is ever left alone, and nobody is told twice', async () => {
  await fc.assert(
    fc.asyncProperty(press, history, fc.boolean(), async (first, then, hasPolicy) => {
      files += 1;
      const cases = await openCases(join(dir, `${files}.db`), { hasPolicy });
      try {
        for (const deed of [first, ...then]) {
          await deed(cases);
          for (const alarm of cases.alarms()) stands(alarm, cases.now());
        }
        for (const alarm of cases.alarms()) {
          toldOnce(cases, alarm);
          sentOnce(cases, alarm);
          hasOneOwner(cases, alarm);
        }
      } finally {
        cases.close();
      }
    }),
    { numRuns: 200 },
  );
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
}, 180_000);
