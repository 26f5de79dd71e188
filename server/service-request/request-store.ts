import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { RequestState } from './request-state.ts';

/** A request as it is kept: the machine's state, whose it is, who has it, and where its chain of steps ends. */
export type RequestRecord = {
  id: string;
  alarmId: string | null;
  deviceId: string | null;
  residentId: string | null;
  dwellingId: string | null;
  stationId: string | null;
  /** The organisation that has it; `null` only where there is no station. */
  heldBy: string | null;
  state: RequestState;
  version: number;
  lastSeq: number;
  lastHash: string;
};

export type EnteredServices = { version: number; services: Service[] };

export type RequestStore = {
  /** Read to be changed: on PostgreSQL the row is locked until the transaction ends. */
  load(id: string): Promise<RequestRecord | undefined>;
  ofAlarm(alarmId: string): Promise<RequestRecord | undefined>;
  insert(request: RequestRecord): Promise<void>;
  update(request: RequestRecord): Promise<void>;
  /** Of which something is due, the longest overdue first, at most so many. */
  due(nowMs: number, atMost: number): Promise<RequestRecord[]>;
  services(organisationId: string): Promise<EnteredServices | undefined>;
  /** What was entered at these organisations, in their order. */
  servicesOf(organisationIds: readonly string[]): Promise<Service[][]>;
  putServices(organisationId: string, services: EnteredServices): Promise<void>;
};
