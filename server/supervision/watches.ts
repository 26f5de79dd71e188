import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { AlarmBoard } from '../care-station/alarm-board.ts';
import type { Clock } from '../clock.ts';
import type { CommissioningReads } from '../commissioning/commissioning-reads.ts';
import { watchCommissionings } from '../commissioning/commissioning-watch.ts';
import type { FollowPorts } from '../commissioning/commissioning-watch.ts';
import { watchDetection } from '../detection/detection-watch.ts';
import type { DetectionWatch } from '../detection/detection-watch.ts';
import type { DrillReads } from '../drill/drill-reads.ts';
import { watchDrills } from '../drill/drill-watch.ts';
import { watchDeadlines } from '../escalation/deadline-watch.ts';
import { watchMovement } from '../escalation/movement.ts';
import type { Movement } from '../escalation/movement.ts';
import { watchClock } from '../hub-clock/clock-watch.ts';
import type { Gate } from '../journal/gate.ts';
import type { AbsenceReads } from '../resident/absence-reads.ts';
import type { RequestReads } from '../service-request/request-reads.ts';
import { watchRequests } from '../service-request/request-watch.ts';
import { watchAbsences } from '../resident/absence-watch.ts';
import type { TestModeReads } from '../test-mode/test-mode-reads.ts';
import { watchTestModes } from '../test-mode/test-mode-watch.ts';
import { watchDigests } from '../visit/digest-watch.ts';
import type { DigestWatchPorts } from '../visit/digest-watch.ts';
import { watchVisits } from '../visit/visit-watch.ts';
import { watchFiring } from './firing-watch.ts';
import type { FiringWatch } from './firing-watch.ts';

export type WatchPorts = {
  gate: Gate;
  clock: Clock;
  board: Pick<AlarmBoard, 'open' | 'hasFallIn' | 'nextDeadlineAt'>;
  directory: DigestWatchPorts['directory'];
  timeZone: string;
  reads: {
    drills: Pick<DrillReads, 'isAnyDue'>;
    absences: Pick<AbsenceReads, 'isAnyDue'>;
    requests: Pick<RequestReads, 'isAnyDue'>;
    testModes: Pick<TestModeReads, 'isAnyTestOver'>;
    commissionings: CommissioningReads;
    visits: DigestWatchPorts['reads'];
  };
  chain: FollowPorts['chain'];
  troubled(event: string, error: unknown): void;
};

/** What the hub does by itself when a time has come, or when it has heard something. */
export function openWatches(ports: WatchPorts): {
  motion: Movement;
  firing: FiringWatch;
  detection: Pick<DetectionWatch, 'status'>;
  /** By how much the hub's time is later than the machine's. */
  clockOffMs(): number;
  /** Before devices speak: what the hub missed while it was down is no silence of residents. */
  start(): Promise<void>;
  stop(): void;
} {
  const { gate, clock, board, directory, timeZone, reads, chain, troubled } = ports;
  const motion = watchMovement({ gate, hasFallIn: board.hasFallIn, troubled });
  const openFirings = () =>
    board.open(rootOrganisationId).filter(({ kind }) => kind === 'device-keeps-firing');
  const firing = watchFiring({ gate, clock, openFirings, troubled });
  const detection = watchDetection(gate, clock, timeZone, troubled);
  const hubClock = watchClock(gate, clock, troubled);
  const watches = [
    hubClock,
    detection,
    firing,
    watchDrills(gate, clock, reads.drills, troubled),
    watchRequests(gate, clock, reads.requests, troubled),
    watchAbsences(gate, clock, reads.absences, troubled),
    watchTestModes(gate, clock, reads.testModes, troubled),
    watchVisits(gate, clock, { reads: reads.visits, timeZone }, troubled),
    watchDigests({ gate, clock, directory, reads: reads.visits, timeZone, troubled }),
    watchCommissionings({ gate, reads: reads.commissionings, chain }, clock, troubled),
    watchDeadlines(gate, clock, board.nextDeadlineAt, troubled),
  ];
  return {
    motion,
    firing,
    detection,
    clockOffMs: hubClock.offMs,
    start: detection.start,
    stop() {
      for (const watch of watches) watch.stop();
    },
  };
}
