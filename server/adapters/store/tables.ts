import type { AbsenceKind, AbsencePhase } from '@carebell/contracts/absence.ts';
import type { AlarmKind, Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmPhase } from '@carebell/contracts/alarm-view.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { DrillKind, DrillNotifies } from '@carebell/contracts/drill.ts';
import type { Availability } from '@carebell/contracts/messages.ts';
import type { NotificationReason } from '@carebell/contracts/notifications.ts';
import type { Dwelling } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel, Role } from '@carebell/contracts/roles.ts';
import type { Generated } from 'kysely';
import type { CommissioningTables } from './commissioning-tables.ts';
import type { CareBedTables } from './care-bed-tables.ts';
import type { InstallingTables } from './installing-tables.ts';
import type { NotificationTables } from './notification-tables.ts';
import type { Sealed } from './sealed-texts.ts';
import type { ServiceTables } from './service-tables.ts';
import type { SupervisionTables } from './supervision-tables.ts';
import type { UnknownDeviceTables } from './unknown-device-tables.ts';
import type { VisitTables } from './visit-tables.ts';

/** The schema as the queries see it. Instants are milliseconds since the epoch, booleans 0 or 1, lists JSON text. */
export type Tables = CommissioningTables &
  ServiceTables &
  CareBedTables &
  SupervisionTables &
  InstallingTables &
  NotificationTables &
  UnknownDeviceTables &
  VisitTables & {
    organisations: {
      id: string;
      level: OrganisationLevel;
      parent_id: string;
      name: string;
      phone: string | null;
      latitude: Generated<number | null>;
      longitude: Generated<number | null>;
      version: Generated<number>;
    };
    dwellings: {
      id: string;
      station_id: string;
      address: string;
      access: Sealed;
      grid: string | null;
      area: Generated<Dwelling['area']>;
      latitude: Generated<number | null>;
      longitude: Generated<number | null>;
      version: Generated<number>;
    };
    residents: {
      id: string;
      dwelling_id: string;
      name: string;
      phone: Sealed | null;
      birth_year: number | null;
      risk_groups: string;
      medical_notes: Sealed;
      contacts: Sealed;
      handling_notes: Generated<Sealed>;
      version: Generated<number>;
    };
    gateways: {
      id: string;
      name: string;
      station_id: string;
      dwelling_id: string | null;
      secret_hash: string;
      availability: Availability | null;
      last_seen_at: number | null;
      version: Generated<number>;
      next_secret_hash: Generated<string | null>;
    };
    service_accounts: { id: string; name: string; secret_hash: string; created_at: number };
    users: {
      id: string;
      name: string;
      display_name: string;
      role: Role;
      organisation_id: string;
      password_hash: string;
      is_active: Generated<number>;
      failed_logins: Generated<number>;
      locked_until: Generated<number | null>;
      last_login_at: Generated<number | null>;
      version: Generated<number>;
    };
    search_entries: {
      kind: 'resident' | 'dwelling' | 'device';
      id: string;
      station_id: string | null;
      /** Of residents it is sealed. */
      text: Sealed | string;
    };
    /** `confirmed_at` is set once a code was given. */
    second_factors: {
      user_id: string;
      secret: Sealed;
      /** JSON: hashes of the recovery codes that are left. */
      recovery_hashes: Sealed;
      last_step: number;
      confirmed_at: number | null;
    };
    sessions: { token_hash: string; user_id: string; created_at: number; expires_at: number };
    tokens: {
      id: string;
      name: string;
      token_hash: string;
      user_id: string;
      created_at: number;
      expires_at: number | null;
    };
    journal: {
      seq: Generated<number>;
      at: number;
      received_at: number;
      type: string;
      device_id: string | null;
      resident_id: string | null;
      station_id: string | null;
      alarm_id: string | null;
      kind: string | null;
      body: string;
      hash: string | null;
      heard_by: Generated<string | null>;
    };
    /** Which entries are a device's; filled behind the journal, see `followers`. */
    journal_by_device: { device_id: string; seq: number };
    /** How far those who follow the journal have come. */
    followers: { name: string; cursor: number };
    alarms: {
      id: string;
      subject: string;
      group_name: string;
      kind: AlarmKind;
      priority: Priority;
      phase: AlarmPhase;
      station_id: string | null;
      dwelling_id: string | null;
      resident_id: string | null;
      device_id: string;
      state: string;
      pressed_at: number;
      /** When the hub itself does something about it; always there while it is open. */
      next_deadline_at: number | null;
      missed_deadlines: Generated<number>;
      is_drill: Generated<number>;
      is_test: Generated<number>;
      /** Since when its resident is to be asked how it was. */
      ask_since: Generated<number | null>;
      version: number;
      last_seq: number;
      last_hash: string;
    };
    commands: {
      id: string;
      device_id: string;
      command: string;
      alarm_id: string | null;
      reassurance: ReassuranceState | null;
      state: 'waiting' | 'done' | 'failed' | 'superseded' | 'expired';
      created_at: number;
      expires_at: number;
      sent_at: number | null;
      finished_at: number | null;
      reason: string | null;
    };
    /** What a supervisor said of an alarm that missed a deadline. */
    miss_reviews: { alarm_id: string; reviewed_at: number; user_id: string; note: string };
    monthly_reports: { month: string; organisation_id: string; made_at: number; report: string };
    /** Who is told by e-mail of the reports of a month; `due_at` while it is to be sent. */
    report_mails: {
      month: string;
      user_id: string;
      attempts: number;
      due_at: number | null;
      sent_at: number | null;
      reason: NotificationReason | null;
    };
    /** What the history's store would not take. */
    dead_letters: {
      id: Generated<number>;
      seq: number;
      at: number;
      refused_at: number;
      measurement: string;
      device_id: string | null;
      resident_id: string | null;
      station_id: string | null;
      reason: string;
      line: string;
    };
    /** Residents whose data were deleted on request. */
    erasures: {
      pseudonym: string;
      resident_id: string | null;
      station_id: string | null;
      reason: string;
      requested_at: number;
      requested_by: string;
      entries_removed: Generated<number>;
      finished_at: number | null;
    };
    /** JSON: the policies that were entered at this organisation. */
    escalation_policies: { organisation_id: string; policies: string; version: number };
    /** JSON: the scripts that were entered at this organisation. */
    alarm_scripts: { organisation_id: string; scripts: string; version: number };
    drills: {
      id: string;
      station_id: string;
      kind: DrillKind;
      resident_id: string | null;
      starts_at: number;
      notifies: DrillNotifies;
      draw: number;
      planned_by: string;
      phase: 'planned' | 'started' | 'cancelled';
      alarm_id: string | null;
    };
    /** `due_at` is when it begins or ends by itself. */
    absences: {
      id: string;
      resident_id: string;
      kind: AbsenceKind;
      phase: AbsencePhase;
      from_at: number;
      until_at: number;
      note: Sealed;
      set_by: string;
      set_at: number;
      ended_at: number | null;
      ended_by: string | null;
      due_at: number | null;
      version: number;
    };
    duty: { organisation_id: string; user_id: string; until_at: number | null };
    duty_shifts: {
      id: string;
      organisation_id: string;
      user_id: string;
      first_day: string;
      weekdays: string;
      last_day: string | null;
      begins: string;
      ends: string;
      except_days: string;
      version: number;
    };
    /** When the shifts of the rota take place, for some weeks ahead. */
    duty_turns: { organisation_id: string; user_id: string; from_at: number; until_at: number };
    refusals: {
      day: string;
      reason: string;
      subject: string;
      count: number;
      first_at: number;
      last_at: number;
      sample: string | null;
    };
  };
