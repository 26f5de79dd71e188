import type { Generated } from 'kysely';

/** What supervision keeps. */
export type SupervisionTables = {
  /** Who is waited for; `deadline_at` is when to look next. */
  supervised: {
    of: 'device' | 'gateway';
    id: string;
    /** JSON; `NULL` is the default of its type. */
    setting: string | null;
    last_heard_at: Generated<number | null>;
    deadline_at: Generated<number | null>;
    missed_in_row: Generated<number>;
    ring: Generated<number>;
    silent_since: Generated<number | null>;
    is_unknown: Generated<number>;
    excused_ms: Generated<number>;
  };
  /** Where the hub's clock stood last, of which start of the machine, and how long that ran by then. */
  hub_clock: { id: number; at: number; boot: string | null; uptime_ms: number };
  supervision_clock: { name: string; at: number; number: number };
  station_screens: { station_id: string; last_screen_at: number };
  /** JSON: what the latest health of this gateway says of its receivers. */
  receivers: { gateway_id: string; state: string };
  button_tests: { device_id: string; tested_at: number };
  button_test_rules: { station_id: string; every: 'week' | 'month' };
};
