import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { RequestChangeNotice } from '@carebell/contracts/service-requests.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { WaitingCommand } from '../device/command-store.ts';
import type { DirectoryRows } from '../device/directory.ts';
import type { WorkInput, WorkName, WorkResult } from './works.ts';

export type Work = { [N in WorkName]: { name: N; input: WorkInput<N> } }[WorkName];

/** What became of one work of a batch: its result, or the error of a defect in it, which undid this work alone. */
export type WorkOutcome =
  { ok: true; result: WorkResult<WorkName> } | { ok: false; error: { message: string } };

/** What a committed batch changed, ready for those who follow: screens, devices, the hub's memory. */
export type Changes = {
  /** Oldest change first. */
  alarms: AlarmView[];
  devices: Device[];
  /** With the organisations that see it. */
  requests: (RequestChangeNotice['request'] & { places: readonly string[] })[];
  commands: WaitingCommand[];
  directory: DirectoryRows | null;
  /** The journal's latest sequence number. */
  lastSeq: number;
};

export type Committed = { outcomes: WorkOutcome[]; changes: Changes };

/**
 * The store of the journal. `commit` runs all works in one transaction and resolves only when they are on disk (fsync).
 * It rejects with a {@link StoreFailure} when nothing of the batch was stored.
 */
export type JournalPort = {
  commit(works: readonly Work[], nowMs: number): Promise<Committed>;
  close(): Promise<void>;
};

export class StoreFailure extends Error {
  /** `store-failed`: could not commit; `store-overdue`: not within the limit; `store-overloaded`: too much waits. */
  readonly code: 'store-failed' | 'store-overdue' | 'store-overloaded';

  constructor(code: StoreFailure['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFailure';
    this.code = code;
  }
}
