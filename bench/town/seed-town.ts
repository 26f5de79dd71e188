import { DatabaseSync } from 'node:sqlite';

/** Each lives alone with a button, two rooms that see, a door and a bed, behind the gateway of a block. */
export const home = ['button', 'living', 'bathroom', 'door', 'bed'] as const;
export type Place = (typeof home)[number];

const devices: Record<Place, { type: string; room: string }> = {
  button: { type: 'button', room: '客厅' },
  living: { type: 'motion-sensor', room: '客厅' },
  bathroom: { type: 'motion-sensor', room: '卫生间' },
  door: { type: 'door-sensor', room: '玄关' },
  bed: { type: 'bed-sensor', room: '卧室' },
};

export type Town = { residents: number; gatewayIds: readonly string[]; stationIds: readonly string[] };

export const deviceId = (resident: number, place: Place): string => `${place}-${resident}`;
export const gatewayOf = (resident: number, { gatewayIds }: Town): number => resident % gatewayIds.length;

/** Enters residents, dwellings and devices into the store of a hub that does not run. */
export function seedTown(file: string, town: Town): void {
  const { residents, gatewayIds, stationIds } = town;
  const db = new DatabaseSync(file);
  const dwelling = db.prepare("INSERT INTO dwellings (id, station_id, address, access) VALUES (?, ?, ?, '')");
  const resident = db.prepare(
    `INSERT INTO residents (id, dwelling_id, name, risk_groups, medical_notes, contacts)
     VALUES (?, ?, ?, '["living-alone","advanced-age"]', '', '[]')`,
  );
  const device = db.prepare(
    `INSERT INTO devices (id, type, name, room, station_id, dwelling_id, resident_id, gateway_id, is_registered)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  db.exec('BEGIN');
  for (let index = 0; index < residents; index += 1) {
    const gateway = gatewayOf(index, town);
    const stationId = stationIds[gateway % stationIds.length] ?? '';
    dwelling.run(`dwelling-${index}`, stationId, `${index}`);
    resident.run(`resident-${index}`, `dwelling-${index}`, `R ${index}`);
    for (const place of home) {
      const { type, room } = devices[place];
      device.run(
        deviceId(index, place),
        type,
        place,
        room,
        stationId,
        `dwelling-${index}`,
        `resident-${index}`,
        gatewayIds[gateway] ?? '',
      );
    }
  }
  db.exec('COMMIT');
  db.close();
}
