import type { Sealed } from './sealed-texts.ts';

/** Home care beds, and the outlines of organisations on the map. */
export type CareBedTables = {
  /** JSON: the carers and the stand-ins for them. */
  care_beds: {
    id: string;
    resident_id: string;
    carers: Sealed;
    respites: Sealed;
    note: Sealed;
    opened_at: number;
    opened_by: string;
    ended_at: number | null;
    ended_by: string | null;
    end_reason: string | null;
    version: number;
  };
  /** GeoJSON geometry in WGS-84. */
  outlines: { organisation_id: string; geometry: string; changed_at: number };
};
