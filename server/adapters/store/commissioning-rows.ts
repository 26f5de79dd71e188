import type { CheckEvidence, RetestReason } from '@carebell/contracts/commissioning.ts';
import type { Selectable } from 'kysely';
import type {
  CheckRecord,
  CommissioningRecord,
  PointRecord,
  RetestRecord,
} from '../../commissioning/commissioning-record.ts';
import type { Tables } from './tables.ts';

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

export function commissioningOf(row: Row<'commissionings'>): CommissioningRecord {
  return {
    id: row.id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    state: row.state,
    startedBy: row.started_by,
    startedAtMs: row.started_at,
    startedSeq: row.started_seq,
    endedAtMs: row.ended_at,
    testModeId: row.test_mode_id,
    abandonedBecause: row.abandoned_because,
    content: row.content,
    previousSha256: row.previous_sha256,
    sha256: row.sha256,
  };
}

export function commissioningRow(one: CommissioningRecord): Row<'commissionings'> {
  return {
    id: one.id,
    dwelling_id: one.dwellingId,
    station_id: one.stationId,
    state: one.state,
    started_by: one.startedBy,
    started_at: one.startedAtMs,
    started_seq: one.startedSeq,
    ended_at: one.endedAtMs,
    test_mode_id: one.testModeId,
    abandoned_because: one.abandonedBecause,
    content: one.content,
    previous_sha256: one.previousSha256,
    sha256: one.sha256,
  };
}

export function checkOf(row: Row<'commissioning_checks'>): CheckRecord {
  return {
    commissioningId: row.commissioning_id,
    deviceId: row.device_id,
    key: row.key,
    position: row.position,
    sinceMs: row.since_at,
    passedAtMs: row.passed_at,
    evidence: JSON.parse(row.evidence) as CheckEvidence,
    confirmedAtMs: row.confirmed_at,
    pointId: row.point_id,
  };
}

export function checkRow(check: CheckRecord): Row<'commissioning_checks'> {
  return {
    commissioning_id: check.commissioningId,
    device_id: check.deviceId,
    key: check.key,
    position: check.position,
    since_at: check.sinceMs,
    passed_at: check.passedAtMs,
    evidence: JSON.stringify(check.evidence),
    confirmed_at: check.confirmedAtMs,
    point_id: check.pointId,
  };
}

export function pointRecordOf(row: Row<'commissioning_points'>): PointRecord {
  return {
    id: row.id,
    commissioningId: row.commissioning_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    deviceId: row.device_id,
    check: row.check_key,
    reason: row.reason,
    owner: row.owner,
    dueAtMs: row.due_at,
    createdAtMs: row.created_at,
    createdBy: row.created_by,
    doneAtMs: row.done_at,
    doneBy: row.done_by,
    note: row.note,
  };
}

export function pointRow(point: PointRecord): Row<'commissioning_points'> {
  return {
    id: point.id,
    commissioning_id: point.commissioningId,
    dwelling_id: point.dwellingId,
    station_id: point.stationId,
    device_id: point.deviceId,
    check_key: point.check,
    reason: point.reason,
    owner: point.owner,
    due_at: point.dueAtMs,
    created_at: point.createdAtMs,
    created_by: point.createdBy,
    done_at: point.doneAtMs,
    done_by: point.doneBy,
    note: point.note,
  };
}

export function retestRecordOf(row: Row<'device_retests'>): RetestRecord {
  return {
    deviceId: row.device_id,
    commissioningId: row.commissioning_id,
    sinceMs: row.since_at,
    reasons: JSON.parse(row.reasons) as RetestReason[],
    needs: row.needs,
  };
}
