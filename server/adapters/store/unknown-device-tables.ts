/** What is heard and not registered, and the work that devices ask for. */
export type UnknownDeviceTables = {
  /** `said` is JSON. */
  unknown_devices: {
    gateway_id: string;
    code: string;
    first_at: number;
    last_at: number;
    times: number;
    rssi: number | null;
    battery: number | null;
    said: string;
  };
  dismissed_codes: {
    station_id: string;
    code: string;
    dismissed_at: number;
    dismissed_by: string;
    note: string;
  };
  firmware: { of: 'device' | 'gateway'; id: string; version: string; since: number };
  wished_firmware: {
    organisation_id: string;
    type: string;
    version: string;
    set_at: number;
    set_by: string;
  };
  /** `notes` is JSON; `done_by` is what the hub saw. */
  maintenance_jobs: {
    id: string;
    kind: string;
    of: 'device' | 'gateway';
    target_id: string;
    station_id: string | null;
    opened_at: number;
    percent: number | null;
    taken_by: string | null;
    taken_at: number | null;
    notes: string;
    done_at: number | null;
    done_by: string | null;
  };
};
