import type { DeviceCommand } from '@carebell/contracts/messages.ts';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { CommandStore, WaitingCommand } from '../../device/command-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

type CommandRow = Selectable<Tables['commands']>;
type Finished = Pick<CommandRow, 'id' | 'state' | 'reason' | 'finished_at'>;

/** A literal, because the index of what waits holds for this text only. */
const waiting = sql.lit<CommandRow['state']>('waiting');

export function createCommandStore(db: Kysely<Tables>, kept: KeptQueries): CommandStore {
  const insert = kept.changes((row: Places<CommandRow>) => db.insertInto('commands').values(row));
  const supersede = kept.changes((of: Places<{ alarmId: string; deviceId: string; nowMs: number }>) =>
    db
      .updateTable('commands')
      .set({ state: 'superseded', finished_at: of.nowMs })
      .where('alarm_id', '=', of.alarmId)
      .where('device_id', '=', of.deviceId)
      .where('state', '=', waiting)
      .where('sent_at', 'is', null),
  );
  const find = kept.rows((of: Places<{ id: string; deviceId: string }>) =>
    db
      .selectFrom('commands')
      .selectAll()
      .where('id', '=', of.id)
      .where('device_id', '=', of.deviceId)
      .where('state', '=', waiting),
  );
  const finish = kept.changes(({ id, ...columns }: Places<Finished>) =>
    db.updateTable('commands').set(columns).where('id', '=', id),
  );
  const markSent = kept.changes((of: Places<{ id: string; nowMs: number }>) =>
    db
      .updateTable('commands')
      .set({ sent_at: of.nowMs })
      .where('id', '=', of.id)
      .where('sent_at', 'is', null),
  );
  return {
    async queue(command) {
      await insert({
        id: command.id,
        device_id: command.deviceId,
        command: command.command,
        alarm_id: command.alarmId,
        reassurance: command.reassurance,
        state: 'waiting',
        created_at: command.createdAtMs,
        expires_at: command.expiresAtMs,
        sent_at: null,
        finished_at: null,
        reason: null,
      });
    },
    async supersede(alarmId, deviceId, nowMs) {
      // One that was sent may still be answered, and its answer belongs on the time line; only what is unsent is untrue now.
      await supersede({ alarmId, deviceId, nowMs });
    },
    async findWaiting(commandId, deviceId) {
      const [row] = await find({ id: commandId, deviceId });
      return row && waitingCommand(row);
    },
    async finish(commandId, outcome, reason, nowMs) {
      await finish({ id: commandId, state: outcome, reason, finished_at: nowMs });
    },
    async markSent(commandIds, nowMs) {
      for (const id of commandIds) await markSent({ id, nowMs });
    },
    async overdue(nowMs) {
      const rows = await db
        .selectFrom('commands')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('expires_at', '<=', nowMs)
        .limit(1000)
        .execute();
      return rows.map(waitingCommand);
    },
  };
}

/** What waits for a device, sent or not, the oldest first. */
export async function readWaitingCommands(db: Kysely<Tables>, deviceId: string): Promise<WaitingCommand[]> {
  const rows = await waitingFor(db).where('device_id', '=', deviceId).execute();
  return rows.map(waitingCommand);
}

/** What waits for a device and was never sent, the oldest first. */
export function keepUnsentCommands(
  db: Kysely<Tables>,
  kept: KeptQueries,
): (deviceId: string) => Promise<WaitingCommand[]> {
  const unsent = kept.rows((of: Places<{ deviceId: string }>) =>
    waitingFor(db).where('device_id', '=', of.deviceId).where('sent_at', 'is', null),
  );
  return async (deviceId) => (await unsent({ deviceId })).map(waitingCommand);
}

function waitingFor(db: Kysely<Tables>) {
  return db.selectFrom('commands').selectAll().where('state', '=', waiting).orderBy('created_at');
}

function waitingCommand(row: CommandRow): WaitingCommand {
  return {
    id: row.id,
    deviceId: row.device_id,
    command: row.command as DeviceCommand['command'],
    alarmId: row.alarm_id,
    reassurance: row.reassurance,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
  };
}
