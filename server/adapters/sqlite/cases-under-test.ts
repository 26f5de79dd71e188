import type { DatabaseSync } from 'node:sqlite';
import { escalationPolicySchema } from '@carebell/contracts/escalation.ts';
import type { ResponderReport } from '@carebell/contracts/notifications.ts';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { Work } from '../../journal/journal-port.ts';
import type { Transaction } from '../../journal/transaction.ts';
import { works } from '../../journal/works.ts';
import { kyselyOn } from './kysely-on.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';
import { createTransaction } from './sqlite-transaction.ts';

export type StoredAlarm = { id: string; state: AlarmState; nextDeadlineAtMs: number | null };
export type Cases = Awaited<ReturnType<typeof openCases>>;

const startMs = Date.UTC(2026, 2, 14);

/** Called in order, and the last step for the organisation above. */
const policy = escalationPolicySchema.parse({
  name: 'tested',
  steps: [
    { afterMs: 0, recipients: ['station-operators'] },
    { afterMs: 20_000, recipients: ['keyholders', 'family', 'neighbours'], mode: 'in-order' },
    { afterMs: 40_000, since: 'previous-step', recipients: ['family', 'next-station'] },
    { afterMs: 60_000, since: 'previous-step', recipients: ['street', 'district'] },
  ],
  repeatEveryMs: 90_000,
  acknowledgementExpiresAfterMs: 120_000,
  remindEveryMs: 60_000,
  deadlines: {
    answeredWithinMs: 60_000,
    onSiteWithinMs: { centre: 900_000, remote: 1_800_000 },
    closedWithinMs: 7_200_000,
  },
});

/**
 * The works of the hub on a real SQLite file, each in a transaction of its own as in the journal's thread, with a clock
 * that the test moves. After everything the hub looks for deadlines, as it does twice a second.
 */
export async function openCases(file: string, { hasPolicy }: { hasPolicy: boolean }) {
  let nowMs = startMs;
  let events = 0;
  let db: DatabaseSync;
  let tx: Transaction;
  let begin: (nowMs: number) => void;
  open();

  function open(): void {
    db = openDatabase(file, 'write');
    db.exec('PRAGMA synchronous = OFF');
    migrate(db);
    ({ tx, begin } = createTransaction(db, kyselyOn(db)));
  }

  async function carryOut(work: Work, ending: 'COMMIT' | 'ROLLBACK' = 'COMMIT'): Promise<unknown> {
    begin(nowMs);
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = await (works[work.name] as (tx: Transaction, input: unknown) => Promise<unknown>)(
        tx,
        work.input,
      );
      db.exec(ending);
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Until nothing more is due; an alarm that would be due for ever is a defect. */
  async function look(): Promise<void> {
    for (let looks = 0; nextDeadlineMs() <= nowMs; looks += 1) {
      if (looks > 30) throw new Error(`the same is due for ever: ${JSON.stringify(alarms())}`);
      await carryOut({ name: 'passDeadlines', input: null });
    }
  }

  function nextDeadlineMs(): number {
    const { at } = db.prepare('SELECT min(next_deadline_at) AS at FROM alarms').get() as {
      at: number | null;
    };
    return at ?? Infinity;
  }

  function alarms(): StoredAlarm[] {
    const rows = db.prepare('SELECT id, state, next_deadline_at FROM alarms ORDER BY rowid').all();
    return rows.map((row) => ({
      id: String(row['id']),
      state: JSON.parse(String(row['state'])) as AlarmState,
      nextDeadlineAtMs: row['next_deadline_at'] === null ? null : Number(row['next_deadline_at']),
    }));
  }

  async function enter(work: Work): Promise<void> {
    const outcome = (await carryOut(work)) as { ok: boolean };
    if (!outcome.ok) throw new Error(`${work.name}: ${JSON.stringify(outcome)}`);
  }

  async function settle(): Promise<void> {
    const actorId = 'test';
    const scope = 'all' as const;
    const organisations = [
      ['district', 'district', 'root'],
      ['street', 'street', 'district'],
      ['a', 'station', 'street'],
      ['b', 'station', 'street'],
    ] as const;
    for (const [id, level, parentId] of organisations)
      await enter({
        name: 'createOrganisation',
        input: { actorId, scope, organisation: { id, level, parentId, name: id, phone: null } },
      });
    for (const [name, organisationId] of [
      ['li', 'a'],
      ['zhang', 'a'],
      ['chen', 'b'],
      ['boss', 'street'],
    ] as const)
      await enter({
        name: 'createUser',
        input: {
          actorId,
          user: { name, displayName: name, role: 'operator', organisationId, passwordHash: 'x' },
        },
      });
    const channel = {
      id: 'sms',
      organisationId: 'district',
      kind: 'sms' as const,
      name: 'sms',
      settings: {},
      sealed: '',
      secretNames: [],
      isEnabled: true,
    };
    await enter({ name: 'createChannel', input: { actorId, scope, channel } });
    const dwelling = { id: 'home', stationId: 'a', address: 'x', access: '', grid: null };
    await enter({ name: 'createDwelling', input: { actorId, scope, dwelling } });
    const contact = (name: string, relation: string, phone: string, hasKey = false) => ({
      name,
      relation,
      phone,
      hasKey,
    });
    const contacts = [
      contact('daughter', '女儿', '13900000001', true),
      contact('next door', '邻居', '13900000002'),
      contact('son', '儿子', '13900000003'),
    ];
    const nothing = { phone: null, birthYear: null, riskGroups: [], medicalNotes: '', handlingNotes: '' };
    const resident = { id: 'wang', dwellingId: 'home', name: '王', contacts, ...nothing };
    await enter({ name: 'createResident', input: { actorId, scope, resident } });
    const unnamed = { name: '', room: '', signals: {} };
    for (const id of ['b1', 'b2', 'f1', 'm1']) {
      const type = id === 'f1' ? ('fall-detector' as const) : ('button' as const);
      const place = { stationId: null, gatewayId: null, dwellingId: 'home', heardAs: null };
      const device = { id, type, residentId: id === 'b2' ? null : 'wang', ...place, ...unnamed };
      await enter({ name: 'createDevice', input: { actorId, scope, device, secretHash: 'x' } });
    }
    if (hasPolicy) {
      const input = { actorId, scope, organisationId: 'street', policies: [policy] };
      await enter({ name: 'putEscalationPolicies', input });
    }
  }
  await settle();

  return {
    now: () => nowMs,
    carryOut: (work: Work) => carryOut(work),
    alarms,
    async pass(ms: number): Promise<void> {
      nowMs += ms;
      await look();
    },
    /** Somebody sets the clock, and no time passes. */
    setClock(byMs: number): void {
      nowMs += byMs;
    },
    async passToNextDeadline(): Promise<void> {
      const next = nextDeadlineMs();
      if (next !== Infinity) nowMs = Math.max(nowMs, next);
      await look();
    },
    async hear(deviceId: string, kind: string, ageMs: number): Promise<void> {
      events += 1;
      const isStray = deviceId === 'stray';
      const origin = {
        deviceId,
        gatewayId: null,
        isKnown: !isStray,
        receivedAtMs: nowMs,
        residentId: isStray ? null : 'wang',
        stationId: isStray ? null : 'a',
      };
      await carryOut({
        name: 'receiveEvent',
        input: { event: { id: `e${events}`, kind, ageMs, data: { key: 'help' } }, origin },
      });
      await look();
    },
    async move(deviceId: string): Promise<void> {
      await carryOut({ name: 'seeMovement', input: { dwellingId: 'home', deviceId, movedAtMs: nowMs } });
      await look();
    },
    /** Does something to one of the alarms, refused or not. */
    async onAlarm(n: number, work: (alarmId: string) => Work): Promise<void> {
      const all = alarms();
      const alarm = all[n % Math.max(1, all.length)];
      if (alarm) await carryOut(work(alarm.id));
      await look();
    },
    /** Somebody who was told last says something from the phone page. */
    async respond(report: ResponderReport): Promise<void> {
      const row = db.prepare('SELECT id FROM notifications ORDER BY created_at DESC, id DESC').get();
      if (row)
        await carryOut({
          name: 'recordResponderReport',
          input: { notificationId: String(row['id']), report },
        });
      await look();
    },
    restart(): void {
      db.close();
      open();
    },
    /** The hub is killed when it has carried out deadlines and before that is committed. */
    async diesWhileItLooks(): Promise<void> {
      nowMs = Math.max(nowMs, Math.min(nextDeadlineMs(), nowMs + 86_400_000));
      await carryOut({ name: 'passDeadlines', input: null }, 'ROLLBACK');
      db.close();
      open();
      await look();
    },
    steps: (alarmId: string) =>
      db
        .prepare('SELECT seq, at AS atMs, body, hash FROM journal WHERE alarm_id = ? ORDER BY seq')
        .all(alarmId) as { seq: number; atMs: number; body: string; hash: string }[],
    notifications: (alarmId: string) =>
      db
        .prepare('SELECT step_key AS stepKey, recipient FROM notifications WHERE alarm_id = ?')
        .all(alarmId)
        .map((row) => ({
          stepKey: String(row['stepKey']),
          recipientId: (JSON.parse(String(row['recipient'])) as { id: string }).id,
        })),
    /** Contacts have a telephone; the users of this test have nothing but their screens. */
    isReachable: (id: string) => db.prepare('SELECT 1 FROM users WHERE id = ?').get(id) === undefined,
    close: () => db.close(),
  };
}
