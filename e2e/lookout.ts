import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { expect } from 'vitest';
import { issueDevice } from './community.ts';
import type { Community, SignedIn } from './community.ts';
import { eventually } from './eventually.ts';
import type { ScenarioHub } from './scenario-hub.ts';
import { openScreen } from './screen.ts';
import type { Screen } from './screen.ts';
import { connectDevice } from './virtual-party.ts';

/** A screen at the station and buttons of its own, to see that the hub still does what it is there for. */
export type Lookout = {
  screen: Screen;
  /** The open alarm of a device, as soon as the screen shows it. */
  alarmOf(deviceId: string): Promise<AlarmView>;
  /** A fresh connection, a press, an alarm on the screen, closed again. */
  expectAlarmsStillRaised(): Promise<void>;
  close(): void;
};

export async function openLookout(
  hub: Pick<ScenarioHub, 'url' | 'mqttPort' | 'admin'>,
  community: Community,
): Promise<Lookout> {
  const screen = await openScreen(hub, community.operator);
  function alarmOf(deviceId: string): Promise<AlarmView> {
    return eventually(() => {
      const alarm = [...screen.alarms.values()].find((shown) => shown.deviceId === deviceId);
      if (!alarm) throw new Error(`no alarm of ${deviceId} on the screen`);
      return alarm;
    });
  }

  return {
    screen,
    alarmOf,
    async expectAlarmsStillRaised() {
      // One that calls again and again within minutes is an alarm in itself.
      const button = await newButton(hub, community);
      const device = await connectDevice(hub, button);
      await device.send('button.pressed', { data: { key: 'help' } });
      const alarm = await alarmOf(button.id);
      expect(alarm).toMatchObject({ kind: 'help', phase: 'raised', isStored: true });
      await closeAlarm(hub, alarm.id);
      await eventually(() => expect(screen.alarms.has(alarm.id)).toBe(false));
      await device.end();
    },
    close: () => screen.close(),
  };
}

/** A button that belongs to the station and to nobody, so that its alarms are joined by no other device's. */
export function newButton(
  hub: Pick<ScenarioHub, 'admin'>,
  { station }: Pick<Community, 'station'>,
): Promise<SignedIn> {
  return issueDevice(hub.admin, { type: 'button', stationId: station.id });
}

export async function closeAlarm(hub: Pick<ScenarioHub, 'admin'>, alarmId: string): Promise<void> {
  await hub.admin.post(`/alarms/${alarmId}/acknowledge`);
  const { status, body } = await hub.admin.post(`/alarms/${alarmId}/close`, {
    disposition: 'test',
    proof: 'on-site',
  });
  if (status !== 200) throw new Error(`closing ${alarmId}: ${status} ${JSON.stringify(body)}`);
}
