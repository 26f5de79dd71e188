import { createAlarmDesk } from '../alarm/alarm-desk.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import type { Directory } from '../device/directory.ts';
import type { IdentityReads } from '../identity/identity-reads.ts';
import { may } from '../identity/rights.ts';
import type { Gate } from '../journal/gate.ts';
import type { AlarmBoard } from './alarm-board.ts';
import { maySee } from './audience.ts';

/** The desk of a hub: what people do to alarms, with its board's memory, its organisation and its rights. */
export function openAlarmDesk(ports: {
  gate: Gate;
  board: Pick<AlarmBoard, 'find' | 'open'>;
  directory: Pick<Directory, 'lineage'>;
  reads: { alarms: AlarmReads; identity: IdentityReads };
}): AlarmDesk {
  const { gate, board, directory, reads } = ports;
  return createAlarmDesk({
    gate,
    reads: reads.alarms,
    find: board.find,
    open: board.open,
    colleague: reads.identity.userRecord,
    maySee: (user, alarm) => maySee(user.organisationId, alarm, directory),
    may: (user, action) => may(user.role, action),
  });
}
