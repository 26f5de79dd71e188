import { testIntervalMs } from '@carebell/contracts/supervision.ts';
import type { TestCoverage } from '@carebell/contracts/supervision.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instantOrNull } from '../../clock.ts';
import type { MaintenanceReads } from '../../supervision/maintenance-reads.ts';
import type { Tables } from './tables.ts';

const dueAtMost = 100;

export function createMaintenanceReads(db: Kysely<Tables>): MaintenanceReads {
  return {
    async lowestBatteries(stationIds, atMost) {
      let query = db
        .selectFrom('devices')
        .leftJoin('organisations', 'organisations.id', 'devices.station_id')
        .select([
          'devices.id',
          'devices.name',
          'devices.station_id',
          'devices.resident_id',
          'organisations.name as station_name',
          sql<number>`devices.battery`.as('percent'),
        ])
        .where('devices.is_registered', '=', 1)
        .where('devices.battery', 'is not', null)
        .orderBy('devices.battery')
        .orderBy('devices.id')
        .limit(atMost);
      if (stationIds !== 'all') query = query.where('devices.station_id', 'in', [...stationIds, '']);
      const rows = await query.execute();
      return rows.map((row) => ({
        deviceId: row.id,
        name: row.name,
        stationId: row.station_id,
        stationName: row.station_name,
        residentId: row.resident_id,
        percent: row.percent,
      }));
    },
    async testCoverage(stationIds, nowMs) {
      let query = db
        .selectFrom('devices')
        .innerJoin('organisations', 'organisations.id', 'devices.station_id')
        .leftJoin('button_tests', 'button_tests.device_id', 'devices.id')
        .leftJoin('button_test_rules', 'button_test_rules.station_id', 'devices.station_id')
        .select([
          'devices.id',
          'devices.name',
          'devices.resident_id',
          'organisations.id as station_id',
          'organisations.name as station_name',
          'button_tests.tested_at',
          'button_test_rules.every',
        ])
        .where('devices.is_registered', '=', 1)
        .where('devices.type', 'in', ['button', 'terminal'])
        .where('devices.resident_id', 'is not', null)
        .orderBy('organisations.name')
        .orderBy(sql`coalesce(button_tests.tested_at, 0)`)
        .orderBy('devices.id');
      if (stationIds !== 'all') query = query.where('devices.station_id', 'in', [...stationIds, '']);
      const stations = new Map<string, TestCoverage['items'][number]>();
      for (const row of await query.execute()) {
        const station = stations.get(row.station_id) ?? {
          stationId: row.station_id,
          stationName: row.station_name,
          every: row.every ?? 'month',
          all: 0,
          tested: 0,
          due: [],
        };
        stations.set(row.station_id, station);
        station.all += 1;
        if (row.tested_at !== null && nowMs - row.tested_at < testIntervalMs[station.every]) {
          station.tested += 1;
        } else if (station.due.length < dueAtMost) {
          station.due.push({
            deviceId: row.id,
            name: row.name,
            residentId: row.resident_id ?? '',
            testedAt: instantOrNull(row.tested_at),
          });
        }
      }
      return [...stations.values()];
    },
  };
}
