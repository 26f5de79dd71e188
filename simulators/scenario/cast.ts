import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { EventIds } from '../event-ids.ts';
import { seededRandom } from '../random.ts';
import type { Time } from '../time.ts';
import { createVirtualDevice } from '../virtual-device.ts';
import type { VirtualDevice } from '../virtual-device.ts';
import { createVirtualGateway } from '../virtual-gateway.ts';
import type { VirtualGateway } from '../virtual-gateway.ts';
import { copiesOf, membersOf } from './members.ts';
import type { Member } from './members.ts';
import type { Act } from './plan.ts';
import type { Scenario } from './scenario-schema.ts';
import type { TestPlace } from './test-place.ts';

/** The devices and gateways of a scenario, on real connections. */
export type Cast = {
  /** Switches everything on; resolves when all are connected. */
  enter(): Promise<void>;
  /** Carries out one act on a device or gateway. `happenedAtMs` lies in the past for what happened before the run. */
  perform(act: Act, happenedAtMs: number): void;
  sent(): number;
  stored(): number;
  told(): { key: string; state: ReassuranceState }[];
  leave(): Promise<void>;
};

export type CastPorts = { hubUrl: string; time: Time; seed: string; runWord: string };

export function assembleCast(scenario: Scenario, place: TestPlace, ports: CastPorts): Cast {
  const { hubUrl, time, seed, runWord } = ports;
  const devices = new Map<string, VirtualDevice>();
  const gateways = new Map<string, VirtualGateway>();
  const behind = new Map<string, { gateway: VirtualGateway; deviceId: string }>();
  const told: { key: string; state: ReassuranceState }[] = [];
  const counts = { sent: 0, stored: 0, unplanned: 0 };
  let number: number | undefined;
  // Planned events bear their number in the plan, so that two runs of a seed send the same identifiers but for the word.
  const nextEventId: EventIds = () => {
    const id = number ?? `x${(counts.unplanned += 1)}`;
    number = undefined;
    return `${runWord}-${id}`;
  };

  for (const gateway of Object.keys(scenario.gateways)) {
    const credentials = place.credentialsOf({ is: 'gateway', key: gateway, gateway });
    if (credentials === undefined) throw new Error(`the gateway ${gateway} has no secret`);
    const now = () => time.now();
    const commanded: Parameters<typeof createVirtualGateway>[2] = (deviceId, read) => {
      const key = [...behind].find(([, entry]) => entry.deviceId === deviceId)?.[0];
      if (key === undefined || read.type !== 'command' || read.command.command !== 'reassure') return;
      told.push({ key, state: read.command.data.state });
    };
    gateways.set(gateway, createVirtualGateway({ hubUrl, nextEventId, now }, credentials, commanded));
  }
  for (const [name, { devices: own }] of Object.entries(scenario.residents)) {
    for (const resident of copiesOf(scenario, name)) {
      for (const [device, { behind: gatewayName }] of Object.entries(own)) {
        const member: Member = { is: 'device', key: `${resident}-${device}`, resident, device };
        const gateway = gatewayName === undefined ? undefined : gateways.get(gatewayName);
        if (gateway !== undefined) behind.set(member.key, { gateway, deviceId: place.idOf(member) });
        else devices.set(member.key, deviceFor(member));
      }
    }
  }

  function deviceFor(member: Member): VirtualDevice {
    const credentials = place.credentialsOf(member);
    if (credentials === undefined) throw new Error(`the device ${member.key} has no secret`);
    const random = seededRandom(`${seed}:${scenario.name}:${member.key}`);
    const device = createVirtualDevice({ hubUrl, time, random, nextEventId }, credentials, {
      pubackLimitMs: 60_000,
    });
    device.observe((happening) => {
      if (happening.type === 'reassured') told.push({ key: member.key, state: happening.state });
    });
    return device;
  }

  return {
    async enter() {
      for (const gateway of gateways.values()) gateway.start();
      await Promise.all(
        [...devices.values()].map(
          (device) =>
            new Promise<void>((resolve, reject) => {
              const ignore = device.observe((happening) => {
                if (happening.type === 'connected') {
                  ignore();
                  resolve();
                } else if (happening.type === 'disconnected' && happening.end.reason !== 'lost') {
                  ignore();
                  reject(new Error(`${device.id}: ${happening.end.reason} (${happening.end.code})`));
                }
              });
              device.start();
            }),
        ),
      );
    },
    perform(act, happenedAtMs) {
      const { to } = act;
      const device = devices.get(to.key);
      const gateway = to.is === 'gateway' ? gateways.get(to.gateway) : undefined;
      switch (act.does) {
        case 'event': {
          counts.sent += 1;
          number = act.number;
          const through = behind.get(to.key);
          const { kind, data, clockErrorMs } = act;
          const stored =
            through === undefined
              ? device
                  ?.send(kind, data, {
                    happenedAtMs,
                    ...(clockErrorMs === undefined ? {} : { clockErrorMs }),
                  })
                  .delivery.then(({ isAccepted }) => isAccepted)
              : through.gateway.send(through.deviceId, kind, data, happenedAtMs).then(() => true);
          void stored?.then((isStored) => (counts.stored += isStored ? 1 : 0));
          break;
        }
        case 'reading':
          device?.report(act.reading);
          break;
        case 'cut':
          device?.loseConnection();
          break;
        case 'off':
          (gateway ?? device)?.unplug();
          break;
        case 'on':
          (gateway ?? device)?.start();
          break;
        case 'acknowledge':
        case 'close':
          break;
      }
    },
    sent: () => counts.sent,
    stored: () => counts.stored,
    told: () => told,
    async leave() {
      await Promise.all([...devices.values(), ...gateways.values()].map((party) => party.stop()));
    },
  };
}

/** Everybody whom an alarm of the scenario can be about. */
export function everybody(scenario: Scenario): Member[] {
  return [
    ...Object.keys(scenario.gateways).flatMap((gateway) => membersOf(scenario, gateway)),
    ...Object.keys(scenario.residents).flatMap((resident) => [
      ...membersOf(scenario, resident),
      ...membersOf(scenario, `${resident}.*`),
    ]),
  ];
}
