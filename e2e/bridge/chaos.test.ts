import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { logIn } from '../api.ts';
import { settle } from '../community.ts';
import { eventually } from '../eventually.ts';
import { hubProcess } from '../hub-process.ts';
import type { HubProcess } from '../hub-process.ts';
import { seeded } from '../seeded.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { alarmPresses, arrivals } from './arrivals.ts';
import { bridgeProcess } from './bridge-process.ts';
import type { BridgeProcess } from './bridge-process.ts';
import { cableAt } from './cable.ts';
import type { Cable } from './cable.ts';
import { createPressLedger } from './press-ledger.ts';
import { keepPressing } from './transmitters.ts';

const rounds = Number(process.env['CAREBELL_BRIDGE_ROUNDS'] ?? 6);
const seed = Number(process.env['CAREBELL_BRIDGE_SEED'] ?? 20_261);
const socat = serviceOrSkip('socat') ?? '';

const graceMs = 300;

it.skipIf(socat === '')(
  `bridge killed, hub stopped, cable pulled, ${rounds} times in random order: every press that was heard arrives once`,
  { timeout: 60_000 + rounds * 10_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carebell-chaos-'));
    const hubDir = join(folder, 'hub');
    const hub = await hubProcess(hubDir);
    await hub.start();
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const community = await settle({ url: hub.url, admin });
    const gateway = await enterGateway({ admin }, community.station.id);
    const mapPath = join(folder, 'map.yaml');
    writeFileSync(mapPath, '');
    const cable = cableAt(socat, join(folder, 'radio'));
    const bridge = bridgeProcess({
      configPath: join(folder, 'bridge.yaml'),
      dataDir: join(folder, 'bridge'),
      hubUrl: `mqtt://127.0.0.1:${hub.mqttPort}`,
      gatewayId: gateway.id,
      secret: gateway.secret,
      ports: { radio: cable.path },
      deviceMapPath: mapPath,
    });

    onTestFinished(async () => {
      await bridge.kill();
      await hub.kill();
      await cable.pullOut();
      rmSync(folder, { recursive: true });
    });

    const ledger = await stir(bridge, hub, cable, seeded(seed));
    const owed = ledger.owed();
    await eventually(
      () => expect([...owed].filter((id) => !arrivals(hubDir).has(id)).slice(0, 10)).toEqual([]),
      30_000,
    );
    await bridge.stop();
    await hub.stop();
    await cable.pullOut();

    const arrived = arrivals(hubDir);
    const doubled = [...arrived].filter(([, times]) => times !== 1);
    process.stderr.write(
      `seed ${seed}: ${ledger.presses.length} presses, ${owed.size} owed, ${arrived.size} arrived\n`,
    );
    expect(doubled).toEqual([]);
    expect(owed.size).toBeGreaterThan(rounds * 2);
    // Each is in exactly one alarm, and in it once.
    expect(alarmPresses(hubDir)).toEqual(new Map([...arrived.keys()].map((id) => [id, 1])));
  },
);

/** Presses all the while, breaks something each round, and mends everything at the end. */
async function stir(bridge: BridgeProcess, hub: HubProcess, cable: Cable, random: () => number) {
  const ledger = createPressLedger(graceMs);
  const now = () => performance.now();
  let plugged = 0;
  let isHubUp = true;
  bridge.onLog(({ msg }) => {
    if (msg === 'link.opened') ledger.opened(plugged, now());
    if (msg === 'link.closed') ledger.ended(now());
  });

  async function plugIn(): Promise<void> {
    await cable.plugIn();
    plugged += 1;
  }
  const killBridge = async () => {
    ledger.ended(now());
    await bridge.kill();
    bridge.start();
  };
  const pullCable = async () => {
    ledger.ended(now());
    await cable.pullOut();
    await pass(random() * 600);
    await plugIn();
  };
  const stopHub = async () => {
    if (isHubUp) await (random() < 0.5 ? hub.kill() : hub.stop());
    else await hub.start();
    isHubUp = !isHubUp;
  };

  await plugIn();
  bridge.start();
  const pressing = keepPressing(cable, ledger, { plugged: () => plugged, first: 0, random });
  const opened = () => bridge.log().some(({ msg }) => msg === 'link.opened');
  await eventually(() => expect(opened()).toBe(true));
  let troubles: (() => Promise<void>)[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Each kind comes once in three rounds, in an order of its own.
    if (troubles.length === 0) troubles = [killBridge, pullCable, stopHub];
    await troubles.splice(Math.floor(random() * troubles.length), 1)[0]?.();
    await pass(200 + random() * 2_500);
  }
  await pressing.end();
  if (!isHubUp) await hub.start();
  return ledger;
}
