import { createBedSensor } from './devices/bed-sensor.ts';
import { createButton } from './devices/button.ts';
import { createDoorSensor } from './devices/door-sensor.ts';
import { createFallDetector } from './devices/fall-detector.ts';
import { createMotionSensor } from './devices/motion-sensor.ts';
import { createSmokeDetector } from './devices/smoke-detector.ts';
import { createTerminal } from './devices/terminal.ts';
import { freshEventIds } from './event-ids.ts';
import type { EventIds } from './event-ids.ts';
import { boardFor } from './firmware/boards.ts';
import { createGateway } from './firmware/gateway.ts';
import type { Gateway, GatewayOptions, WireEvent } from './firmware/gateway.ts';
import { createPty } from './firmware/pty.ts';
import { createTcpCable } from './firmware/tcp.ts';
import { createFleet } from './fleet/fleet.ts';
import type { FleetOptions } from './fleet/fleet.ts';
import type { FleetAccount } from './fleet/seats.ts';
import type { Credentials } from './mqtt-connection.ts';
import { seededRandom } from './random.ts';
import { systemTime } from './time.ts';
import type { Time } from './time.ts';
import type { Surroundings, VirtualDevice } from './virtual-device.ts';

export type SimulatorsConfig = {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
  hubUrl: string;
  /** What the devices do by chance follows from it. */
  seed?: string;
};

/**
 * Virtual devices of one hub. Each stands for itself: `start()` it, press it, `observe` it. `stop` switches off all
 * that were made here.
 */
export function compose(
  { hubUrl, seed = 'carebell' }: SimulatorsConfig,
  { time = systemTime, eventIds = freshEventIds }: { time?: Time; eventIds?: () => EventIds } = {},
) {
  const made: { stop(): Promise<void> }[] = [];

  function maker<O, D extends VirtualDevice>(
    create: (surroundings: Surroundings, credentials: Credentials, options?: O) => D,
  ) {
    return (credentials: Credentials, options?: O): D => {
      const random = seededRandom(`${seed}:${credentials.id}`);
      const device = create({ hubUrl, time, random, nextEventId: eventIds() }, credentials, options);
      made.push(device);
      return device;
    };
  }

  return {
    button: maker(createButton),
    terminal: maker(createTerminal),
    fallDetector: maker(createFallDetector),
    doorSensor: maker(createDoorSensor),
    motionSensor: maker(createMotionSensor),
    bedSensor: maker(createBedSensor),
    smokeDetector: maker(createSmokeDetector),
    /** Many devices in one process, for load; those behind a gateway share its connection. */
    fleet(accounts: readonly FleetAccount[], options: FleetOptions = {}) {
      const fleet = createFleet({ hubUrl, time, seed, eventIds }, accounts, options);
      made.push(fleet);
      return fleet;
    },
    /**
     * The firmware of a radio or bus that `driver` of the bridge understands, at the end of a pseudo-terminal (by socat)
     * or of a TCP port (0: any free one). `plugIn` it, and make things happen in front of it by `perform`.
     */
    gateway(
      driver: string,
      at: { pty: string } | { tcp: number },
      {
        observe = () => undefined,
        ...options
      }: GatewayOptions & { observe?: (event: WireEvent) => void } = {},
    ): Gateway {
      const board = boardFor(driver);
      if (board === undefined) throw new Error(`no simulated firmware for the driver ${driver}`);
      const cable = 'pty' in at ? createPty(at.pty) : createTcpCable(at.tcp);
      const random = seededRandom(`${seed}:${driver}`);
      const gateway = createGateway(
        { time, random, nextEventId: eventIds(), observe },
        board,
        cable,
        options,
      );
      made.push({ stop: () => gateway.pull() });
      return gateway;
    },
    async stop() {
      await Promise.all(made.splice(0).map((device) => device.stop()));
    },
  };
}

export type Simulators = ReturnType<typeof compose>;
