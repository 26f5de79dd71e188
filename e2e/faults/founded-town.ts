import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashSecret } from '@carebell/broker/compose.ts';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { SignedIn } from '../community.ts';
import { hubProcess } from '../hub-process.ts';
import { enterGateway } from '../virtual-gateway.ts';

/** A register that every fault begins with, entered once and copied. */
export type Town = {
  stationId: string;
  gateways: SignedIn[];
  /** Of a bridge that speaks beside them. */
  bridge: SignedIn;
  /** Device n stands behind gateway n modulo their number. */
  doors: string[];
  buttons: string[];
  /** Devices with a connection of their own. */
  crowd: SignedIn[];
  /** Somebody who hears all that devices say. */
  service: SignedIn;
  operator: { name: string; password: string };
  copyTo(dataDir: string): void;
  remove(): void;
};

/** The hub takes 1,000 events a second of each. */
const gatewayCount = 8;
const usualDoors = 48;

/**
 * The first rows go through the API, as people enter them; the many alike go into the store of the hub that was stopped. With
 * `hasHomes` each of the crowd is the button of a resident of its own.
 */
export async function foundTown(
  buttonCount: number,
  crowdCount: number,
  { hasHomes = false, doorCount = usualDoors } = {},
): Promise<Town> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-town-'));
  const hub = await hubProcess(dataDir);
  await hub.start();
  const admin = await logIn(hub.url, 'admin', hub.adminPassword);
  const { station } = await settle({ url: hub.url, admin });
  const gateways: SignedIn[] = [];
  for (let count = 0; count < gatewayCount; count += 1)
    gateways.push(await enterGateway({ admin }, station.id));
  const bridge = await enterGateway({ admin }, station.id);
  const { secret } = await admin.create<{ secret: string }>('/mqtt-accounts', {
    id: 'city-platform',
    name: '城市平台',
  });
  await hub.stop();

  const named = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const [doors, buttons, crowd] = [
    named('door', doorCount),
    named('button', buttonCount),
    named('crowd', crowdCount),
  ];
  const crowdSecret = 'the secret of everybody in the crowd';
  const crowdHash = hashSecret(crowdSecret);
  const db = new DatabaseSync(join(dataDir, 'carebell.db'));
  const enter = db.prepare(
    `INSERT INTO devices (id, type, name, room, station_id, gateway_id, is_registered, secret_hash)
     VALUES (?, ?, '', '', ?, ?, 1, ?)`,
  );
  const gatewayOf = (index: number) => gateways[index % gatewayCount]?.id ?? null;
  db.exec('BEGIN');
  doors.forEach((id, index) => enter.run(id, 'door-sensor', station.id, gatewayOf(index), null));
  buttons.forEach((id, index) => enter.run(id, 'button', station.id, gatewayOf(index), null));
  for (const id of crowd) enter.run(id, 'button', station.id, null, crowdHash);
  if (hasHomes) settleCrowd(db, crowd, station.id);
  db.exec('COMMIT');
  db.close();

  return {
    stationId: station.id,
    gateways,
    bridge,
    doors,
    buttons,
    crowd: crowd.map((id) => ({ id, secret: crowdSecret })),
    service: { id: 'city-platform', secret },
    operator: { name: 'li', password },
    copyTo: (target) => cpSync(dataDir, target, { recursive: true }),
    remove: () => rmSync(dataDir, { recursive: true }),
  };
}

function settleCrowd(db: DatabaseSync, crowd: readonly string[], stationId: string): void {
  const dwelling = db.prepare("INSERT INTO dwellings (id, station_id, address, access) VALUES (?, ?, ?, '')");
  const resident = db.prepare(
    `INSERT INTO residents (id, dwelling_id, name, risk_groups, medical_notes, contacts)
     VALUES (?, ?, ?, '["living-alone"]', '', '[]')`,
  );
  const livesThere = db.prepare('UPDATE devices SET dwelling_id = ?, resident_id = ? WHERE id = ?');
  for (const [index, id] of crowd.entries()) {
    const [home, person] = [`home-${index}`, `person-${index}`];
    dwelling.run(home, stationId, `安宁路${index}号`);
    resident.run(person, home, `居民${index}`);
    livesThere.run(home, person, id);
  }
}
