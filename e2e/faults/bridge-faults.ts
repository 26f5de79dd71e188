import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { alarmPresses, arrivals } from '../bridge/arrivals.ts';
import { bridgeProcess } from '../bridge/bridge-process.ts';
import { cableAt } from '../bridge/cable.ts';
import { createPressLedger } from '../bridge/press-ledger.ts';
import { keepPressing } from '../bridge/transmitters.ts';
import { serviceOrSkip } from '../services.ts';
import type { Fault, Prepared, Struck } from './faults.ts';
import type { Stage } from './stage.ts';

const kills = 5;
/** To read a frame and fsync it on a busy machine: what was written so long before a kill is owed. */
const graceMs = 300;
const arrivesWithinMs = 30_000;

type Radio = Prepared & { socat: string; folder: string; first: number };

async function until(isSo: () => boolean, withinMs: number): Promise<boolean> {
  const untilMs = performance.now() + withinMs;
  while (!isSo() && performance.now() < untilMs) await pass(25);
  return isSo();
}

/** A bridge beside the load: its transmitters hear no answer, so what is owed of them stands for what is acknowledged. */
async function killBridge({ links, town, dataDir }: Stage, radio: Radio): Promise<Struck> {
  const cable = cableAt(radio.socat, join(radio.folder, 'line'));
  const deviceMapPath = join(radio.folder, 'map.yaml');
  writeFileSync(deviceMapPath, '');
  const bridge = bridgeProcess({
    configPath: join(radio.folder, 'bridge.yaml'),
    dataDir: join(radio.folder, 'bridge'),
    hubUrl: links.mqtt.url.replace('http:', 'mqtt:'),
    gatewayId: town.bridge.id,
    secret: town.bridge.secret,
    ports: { radio: cable.path },
    deviceMapPath,
  });
  const ledger = createPressLedger(graceMs);
  bridge.onLog(({ msg }) => {
    if (msg === 'link.opened') ledger.opened(1, performance.now());
    if (msg === 'link.closed') ledger.ended(performance.now());
  });
  const isOpen = (): boolean => bridge.log().some(({ msg }) => msg === 'link.opened');
  try {
    await cable.plugIn();
    bridge.start();
    const pressing = keepPressing(cable, ledger, {
      plugged: () => 1,
      first: radio.first,
      random: Math.random,
    });
    for (let kill = 0; kill < kills; kill += 1) {
      await until(isOpen, arrivesWithinMs);
      await pass(300 + Math.random() * 1_500);
      ledger.ended(performance.now());
      await bridge.kill();
      bridge.start();
    }
    await until(isOpen, arrivesWithinMs);
    await pass(2 * graceMs);
    radio.first = await pressing.end();
    const owed = [...ledger.owed()];
    const lost = (): string[] => {
      const arrived = arrivals(dataDir);
      return owed.filter((id) => !arrived.has(id));
    };
    await until(() => lost().length === 0, arrivesWithinMs);
    await bridge.stop();
    const arrived = [...arrivals(dataDir)];
    const pressed = alarmPresses(dataDir);
    const broken = {
      lost: lost(),
      storedTwice: arrived.filter(([, times]) => times !== 1).map(([id]) => id),
      withoutAlarm: arrived.filter(([id]) => pressed.get(id) !== 1).map(([id]) => id),
      bridge: owed.length > kills ? [] : [`only ${owed.length} presses were owed`],
    };
    const held = Object.entries(broken).filter(([, ids]) => ids.length > 0);
    return { broken: Object.fromEntries(held), acknowledged: owed.length, presses: owed.length };
  } finally {
    await bridge.kill();
    await cable.pullOut();
  }
}

/** Everything that can befall a bridge, in random order: `e2e/bridge/chaos.test.ts`. */
export const bridgeFaults: readonly Fault[] = [
  {
    name: 'bridge-killed',
    what: `kill -9 of the bridge at a random point, ${kills} times, and a start`,
    rounds: 1,
    prepare() {
      const socat = serviceOrSkip('socat');
      if (socat === undefined) return 'socat is not there';
      const folder = mkdtempSync(join(tmpdir(), 'carebell-radio-'));
      const radio: Radio = { socat, folder, first: 0, undo: () => rmSync(folder, { recursive: true }) };
      return radio;
    },
    strike: (stage, prepared) => killBridge(stage, prepared as Radio),
  },
];
