import type { Availability } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { Generated } from 'kysely';

/** Devices, and the codes by which they fetch their secrets. */
export type InstallingTables = {
  devices: {
    id: string;
    type: DeviceType;
    name: string;
    room: string;
    station_id: string | null;
    dwelling_id: string | null;
    resident_id: string | null;
    gateway_id: string | null;
    heard_as: Generated<string | null>;
    /** JSON: what its radio code's signals mean. */
    signals: Generated<string>;
    is_registered: number;
    secret_hash: string | null;
    availability: Availability | null;
    last_seen_at: number | null;
    battery: number | null;
    rssi: number | null;
    version: Generated<number>;
    retired_at: Generated<number | null>;
    replaced_by: Generated<string | null>;
    /** JSON: what stood in its place before. */
    lineage: Generated<string>;
    entered_at: Generated<number | null>;
    next_secret_hash: Generated<string | null>;
  };
  device_claims: {
    /** Of a device or of a gateway. */
    device_id: string;
    code_hash: string;
    made_at: number;
    made_by: string;
    expires_at: number;
    wrong_codes: Generated<number>;
    locked_at: Generated<number | null>;
    deliveries: Generated<number>;
    used_at: Generated<number | null>;
  };
};
