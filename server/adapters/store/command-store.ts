import type { DeviceCommand } from '@carebell/contracts/messages.ts';
import type { Kysely, Selectable } from 'kysely';
import type { CommandStore, WaitingCommand } from '../../device/command-store.ts';
import type { Tables } from './tables.ts';

export function createCommandStore(db: Kysely<Tables>): CommandStore {
  return {
    async queue(command) {
      await db
        .insertInto('commands')
        .values({
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
        })
        .execute();
    },
    async supersede(alarmId, deviceId, nowMs) {
      // One that was sent may still be answered, and its answer belongs on the time line; only what is unsent is untrue now.
      await db
        .updateTable('commands')
        .set({ state: 'superseded', finished_at: nowMs })
        .where('alarm_id', '=', alarmId)
        .where('device_id', '=', deviceId)
        .where('state', '=', 'waiting')
        .where('sent_at', 'is', null)
        .execute();
    },
    async findWaiting(commandId, deviceId) {
      const row = await db
        .selectFrom('commands')
        .selectAll()
        .where('id', '=', commandId)
        .where('device_id', '=', deviceId)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return row && waitingCommand(row);
    },
    async finish(commandId, outcome, reason, nowMs) {
      await db
        .updateTable('commands')
        .set({ state: outcome, reason, finished_at: nowMs })
        .where('id', '=', commandId)
        .execute();
    },
    async markSent(commandIds, nowMs) {
      if (commandIds.length === 0) return;
      await db
        .updateTable('commands')
        .set({ sent_at: nowMs })
        .where('id', 'in', commandIds)
        .where('sent_at', 'is', null)
        .execute();
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

/** What waits for a device, the oldest first. */
export async function readWaitingCommands(
  db: Kysely<Tables>,
  deviceIds: readonly string[],
  which: 'all' | 'unsent',
): Promise<WaitingCommand[]> {
  if (deviceIds.length === 0) return [];
  let query = db
    .selectFrom('commands')
    .selectAll()
    .where('device_id', 'in', deviceIds)
    .where('state', '=', 'waiting')
    .orderBy('created_at');
  if (which === 'unsent') query = query.where('sent_at', 'is', null);
  return (await query.execute()).map(waitingCommand);
}

function waitingCommand(row: Selectable<Tables['commands']>): WaitingCommand {
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
