import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { firstBrokenStep } from '../alarm/alarm-chain.ts';
import type { AlarmStep } from '../alarm/alarm-state.ts';
import { openSqliteJournal } from '../adapters/sqlite/sqlite-journal.ts';
import { openOutbox } from '../adapters/outbox-under-test.ts';
import type { Behaviour } from '../adapters/outbox-under-test.ts';
import { stopsWithinMs } from './dispatcher.ts';

type Outbox = Awaited<ReturnType<typeof openOutbox>>;
let outbox: Outbox | undefined;
afterEach(async () => {
  await outbox?.close();
  outbox = undefined;
});
async function opened(): Promise<Outbox> {
  outbox = await openOutbox();
  return outbox;
}

type StoredStep = { seq: number; at: number; body: string; hash: string };
function storedSteps(file: string, alarmId: string): StoredStep[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db
    .prepare('SELECT seq, at, body, hash FROM journal WHERE alarm_id = ? ORDER BY seq')
    .all(alarmId);
  db.close();
  return rows as StoredStep[];
}

async function story(hub: Outbox, alarmId: string): Promise<string[]> {
  return (await hub.alarms.timeline(alarmId))
    .filter(({ step }) => step.startsWith('notification-'))
    .map((entry) => {
      const step = entry.step.replace('notification-', '');
      if (entry.step === 'notification-failed')
        return `${step} ${entry.channel} ${entry.reason} ${entry.next}`;
      return 'channel' in entry ? `${step} ${entry.channel}` : step;
    });
}

describe('the outbox', () => {
  it('sends at once what an alarm has queued, and its time line tells it', async () => {
    const hub = await opened();
    await hub.addChannel('sms');
    const alarmId = await hub.press('b1');
    expect(await hub.notify({ alarmId, stepKey: '1', to: 'ming', kinds: ['sms'] })).toBeTypeOf('string');
    expect(await hub.notify({ alarmId, stepKey: '1', to: 'ming', kinds: ['sms'] })).toBeNull();
    await hub.quiet();
    expect(hub.sent).toHaveLength(1);
    expect(await story(hub, alarmId)).toEqual(['queued', 'delivered sms']);
  });

  it('suspends a dead channel after five failures, sends what waits by the next one, tells of it and comes back', async () => {
    const hub = await opened();
    const sms = await hub.addChannel('sms');
    await hub.addChannel('e-mail');
    hub.behave(sms, 'fails');
    const alarmId = await hub.press('b1');
    const people = Array.from({ length: 12 }, (_, index) => `person-${index}`);
    for (const to of people) await hub.notify({ alarmId, stepKey: '1', to, kinds: ['sms', 'e-mail'] });
    await hub.quiet();
    const { health } = (await hub.reads.channel(sms)) ?? {};
    expect(health).toMatchObject({ suspendedAtMs: hub.clock.now(), lastReason: 'unreachable' });
    // When the fifth fails, three more may be under way.
    const tried = hub.sent.filter(({ channelId }) => channelId === sms).length;
    expect(tried).toBe(health?.failures);
    expect([5, 6, 7, 8]).toContain(tried);
    await hub.pass(30_000);
    const delivered = (await story(hub, alarmId)).filter((line) => line.startsWith('delivered'));
    expect(delivered).toEqual(people.map(() => 'delivered e-mail'));
    const open = await hub.alarms.list({ phase: 'open', stationIds: 'all', limit: 10 });
    expect(open.map(({ kind }) => kind).toSorted()).toEqual(['channel-suspended', 'help']);
    hub.behave(sms, 'delivers');
    await hub.pass(150_000);
    expect((await hub.reads.channel(sms))?.health).toMatchObject({ suspendedAtMs: null });
    await hub.notify({ alarmId, stepKey: '2', to: 'a', kinds: ['sms', 'e-mail'] });
    await hub.quiet();
    expect((await story(hub, alarmId)).at(-1)).toBe('delivered sms');
  });

  it('waits for the only channel, which is probed by what waits, and the rest follows', async () => {
    const hub = await opened();
    const sms = await hub.addChannel('sms');
    hub.behave(sms, 'fails');
    const alarmId = await hub.press('b1');
    for (const to of ['a', 'b', 'c', 'd', 'e'])
      await hub.notify({ alarmId, stepKey: '1', to, kinds: ['sms'] });
    await hub.pass(300_000);
    const tried = hub.sent.length;
    expect(tried).toBeLessThanOrEqual(5 + 5 + 3);
    hub.behave(sms, 'delivers');
    await hub.pass(150_000);
    expect((await story(hub, alarmId)).filter((line) => line === 'delivered sms')).toHaveLength(5);
  });

  it('tries no other channel while a slow one keeps silent, and the next one when its time is over', async () => {
    const hub = await opened();
    hub.behave(await hub.addChannel('sms'), 'hangs');
    await hub.addChannel('webhook');
    const alarmId = await hub.press('b1');
    for (let n = 0; n < 10; n += 1)
      await hub.notify({ alarmId, stepKey: '1', to: `slow-${n}`, kinds: ['sms'] });
    await hub.notify({ alarmId, stepKey: '1', to: 'quick', kinds: ['webhook'] });
    await hub.quiet();
    expect(hub.sent.filter(({ channelId }) => channelId === 'sms-root')).toHaveLength(4);
    expect(await story(hub, alarmId)).toContain('delivered webhook');
    await hub.pass(30_000);
    expect(await story(hub, alarmId)).toContain('failed sms timed-out again');
  });

  it('takes the nearest channel of the kind, from the station upwards, and gives up without any', async () => {
    const hub = await opened();
    const at = { actorId: 'test', scope: 'all' as const };
    const place = (id: string, level: 'district' | 'street' | 'station', parentId: string) =>
      hub.gate.commit('createOrganisation', {
        ...at,
        organisation: { id, level, parentId, name: id, phone: null },
      });
    await place('d', 'district', 'root');
    await place('s', 'street', 'd');
    await place('a', 'station', 's');
    await place('b', 'station', 's');
    for (const where of ['root', 's', 'b']) await hub.addChannel('sms', where);
    const alarmId = await hub.press('b1');
    const recipient = { kind: 'user', id: 'u', displayName: 'u', locale: 'en', isResponder: false } as const;
    for (const [stepKey, stationId] of [
      ['1', 'a'],
      ['2', 'b'],
      ['3', null],
    ] as const) {
      await hub.gate.commit('notify', {
        alarmId,
        stepKey,
        stationId,
        recipient,
        priority: 'urgent',
        purpose: 'help-needed',
        channels: [{ kind: 'sms', address: 'x' }],
      });
      await hub.quiet();
    }
    expect(hub.sent.map(({ channelId }) => channelId)).toEqual(['sms-s', 'sms-b', 'sms-root']);
    await hub.notify({ alarmId, stepKey: '4', to: 'u', kinds: ['wecom'] });
    await hub.quiet();
    expect((await story(hub, alarmId)).at(-1)).toBe('gave-up');
  });

  it('forgets where people were told a month after, and not that they were', async () => {
    const hub = await opened();
    await hub.addChannel('sms');
    const alarmId = await hub.press('b1');
    await hub.notify({ alarmId, stepKey: '1', to: 'ming', kinds: ['sms'] });
    await hub.quiet();
    expect(await hub.gate.commit('forgetAddresses', null)).toBe(false);
    expect(await hub.reads.ofAlarm(alarmId)).toMatchObject([{ channels: [{ kind: 'sms' }] }]);
    const journal = await openSqliteJournal(hub.file);
    const inAMonth = hub.clock.now() + 31 * 24 * 3_600_000;
    await journal.commit([{ name: 'forgetAddresses', input: null }], inAMonth);
    await journal.close();
    expect(await hub.reads.ofAlarm(alarmId)).toMatchObject([{ channels: [], state: { is: 'delivered' } }]);
    expect(await story(hub, alarmId)).toEqual(['queued', 'delivered sms']);
  });

  it('records at a stop what is answered within seconds, and sends the rest again after the next start', async () => {
    const hub = await opened();
    const channelId = await hub.addChannel('webhook');
    const alarmId = await hub.press('b1');
    const kinds = ['webhook'] as const;
    hub.behave(channelId, 'hangs');
    await hub.notify({ alarmId, stepKey: 'first', to: 'daughter', kinds });
    await hub.quiet();
    const answered = hub.restart();
    hub.behave(channelId, 'delivers');
    hub.answer();
    await answered;
    const sentOnce = hub.sent.length;
    expect(new Set(hub.sent.map(({ notificationId }) => notificationId)).size).toBe(sentOnce);
    expect((await story(hub, alarmId)).filter((step) => step === 'delivered webhook')).toHaveLength(sentOnce);

    hub.behave(channelId, 'hangs');
    await hub.notify({ alarmId, stepKey: 'second', to: 'son', kinds });
    await hub.quiet();
    const unanswered = hub.restart();
    hub.clock.move(stopsWithinMs);
    await unanswered;
    hub.behave(channelId, 'delivers');
    hub.answer();
    await hub.pass(60_000);
    const [first, again] = hub.sent.slice(sentOnce);
    expect(hub.sent).toHaveLength(sentOnce + 2);
    expect(again?.notificationId).toBe(first?.notificationId);
    expect((await story(hub, alarmId)).slice(-2)).toEqual(['queued', 'delivered webhook']);
    expect(hub.troubles).toEqual([]);
  });

  it('ends what waits when the alarm is closed, and says so', async () => {
    const hub = await opened();
    hub.behave(await hub.addChannel('sms'), 'fails');
    const alarmId = await hub.press('b1');
    await hub.notify({ alarmId, stepKey: '1', to: 'ming', kinds: ['sms'] });
    await hub.quiet();
    const user = { id: 'u1', displayName: '李护士' };
    await hub.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
    await hub.gate.commit('closeAlarm', {
      alarmId,
      user,
      mayCloseForOthers: false,
      disposition: 'helped-by-phone',
      proof: 'voice-contact',
      note: '',
    });
    await hub.pass(30_000);
    expect((await story(hub, alarmId)).at(-1)).toBe('gave-up');
    expect(hub.sent).toHaveLength(1);
  });
});

const kinds = ['sms', 'e-mail', 'webhook'] as const;
const behaviours: Behaviour[] = ['delivers', 'accepts', 'reports', 'fails', 'refuses', 'hangs'];
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('notify' as const),
      step: fc.constantFrom('1', '2', '3'),
      to: fc.constantFrom('ming', 'hua', 'li'),
      by: fc.subarray([...kinds], { minLength: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('behave' as const),
      kind: fc.constantFrom(...kinds),
      behaviour: fc.constantFrom(...behaviours),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
);

describe('whatever happens to channels and hub', () => {
  it('each notification goes out at least once or is given up on record, and is delivered on record at most once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 18 }), async (operations) => {
        const hub = await openOutbox();
        for (const kind of kinds) await hub.addChannel(kind);
        const alarmId = await hub.press('b1');
        const asked = new Set<string>();
        for (const act of operations) {
          if (act.do === 'notify') {
            // Not waited for: a kill may come between the commit and the sending.
            await hub.notify({ alarmId, stepKey: act.step, to: act.to, kinds: act.by });
            asked.add(`${act.step} ${act.to}`);
          } else if (act.do === 'behave') hub.behave(`${act.kind}-root`, act.behaviour);
          else if (act.do === 'pass') await hub.pass(act.seconds * 1_000);
          else await hub.kill();
        }
        for (const kind of kinds) hub.behave(`${kind}-root`, 'delivers');
        await hub.pass(2 * 3_600_000 + 60_000, 60_000);

        const rows = await hub.reads.ofAlarm(alarmId);
        const steps = storedSteps(hub.file, alarmId);
        const bodies = steps.map(({ body }) => JSON.parse(body) as AlarmStep);
        // The escalation policy tells the organisation's webhook on its own.
        const byHand = rows.filter(({ recipient }) => recipient.kind === 'contact');
        expect(byHand.map(({ stepKey, recipient }) => `${stepKey} ${recipient.id}`).toSorted()).toEqual(
          [...asked].toSorted(),
        );
        for (const { id, state } of rows) {
          const lines = bodies.filter((step) => 'notificationId' in step && step.notificationId === id);
          const count = (name: string): number => lines.filter(({ step }) => step === name).length;
          const wasSent = hub.sent.some(({ notificationId }) => notificationId === id);
          expect(count('notification-queued')).toBe(1);
          expect(count('notification-delivered')).toBe(state.is === 'delivered' ? 1 : 0);
          expect(count('notification-gave-up')).toBe(state.is === 'gave-up' ? 1 : 0);
          expect(['accepted', 'delivered', 'gave-up']).toContain(state.is);
          if (state.is !== 'gave-up') expect(wasSent).toBe(true);
        }
        const chain = steps.map(({ at, ...step }) => ({ ...step, atMs: at }));
        expect(firstBrokenStep(alarmId, chain)).toBeUndefined();
        await hub.close();
      }),
      { numRuns: Number(process.env['CAREBELL_PROPERTY_RUNS'] ?? 10) },
    );
  }, 240_000);
});
