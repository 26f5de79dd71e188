import type { RequestPhase, ServiceKind } from '@carebell/contracts/service-kinds.ts';
import type { Generated } from 'kysely';

/** What service requests and their catalogue keep. */
export type ServiceTables = {
  service_requests: {
    id: string;
    kind: ServiceKind;
    phase: RequestPhase;
    station_id: string | null;
    /** The organisation that has it. */
    held_by: string | null;
    /** The organisation that is asked to take it. */
    offered_to: string | null;
    resident_id: string | null;
    dwelling_id: string | null;
    device_id: string | null;
    alarm_id: string | null;
    owner_id: string | null;
    asked_at: number;
    ended_at: number | null;
    /** A provider or another organisation is to answer. */
    is_waiting: number;
    is_missed: number;
    is_test: Generated<number>;
    /** When the hub itself does something about it; `null` once it is over. */
    due_at: number | null;
    state: string;
    version: number;
    last_seq: number;
    last_hash: string;
  };
  /** JSON: the services that were entered at this organisation. */
  services: { organisation_id: string; services: string; version: number };
};
