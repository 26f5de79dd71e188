import type { IClientOptions, MqttClient } from 'mqtt';
import { reassuranceStates } from '@carebell/contracts/event-kinds.ts';
import type { EventKind, ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import { deviceCommandSchema } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { DeviceTopicKind } from '@carebell/contracts/topics.ts';
import { eventMessage, isCall } from './outbox.ts';
import type { Outbox, WaitingEvent } from './outbox.ts';

export type DeviceAccount = { id: string; secret: string };

/** `refused`: the hub does not know this identifier and secret. `off`: the plug is out. */
type LinkState = 'off' | 'connecting' | 'online' | 'offline' | 'refused';
export type Reassurance = { alarmId: string; state: ReassuranceState };
export type LinkView = {
  link: LinkState;
  waiting: readonly WaitingEvent[];
  reassurance: Reassurance | null;
  /** How often somebody asked it to show itself. */
  timesIdentified: number;
};

/** A device that lives in this page and speaks MQTT over WebSocket with the hub. */
export type DeviceLink = {
  view(): LinkView;
  subscribe(listener: () => void): () => void;
  start(): void;
  /** Gone without a word, as a device whose plug is pulled. What waits is kept. */
  unplug(): void;
  /** Kept until the hub's PUBACK, over as many connections as that takes. */
  send(kind: EventKind, details?: Record<string, unknown>): void;
  report(reading: Record<string, number>): void;
  /** The resident has read it. */
  clearReassurance(): void;
};

export type DeviceLinkPorts = {
  url: string;
  /** MQTT.js, which is loaded only where a device lives. */
  connect(url: string, options: IClientOptions): MqttClient;
  outbox: Outbox;
  now(): number;
  random(): number;
  newEventId(): string;
};

const longestPauseMs = 30_000;
/** With a call waiting it is tried again every two seconds at least. */
const callPauseMs = 2_000;
const pubackWithinMs = 15_000;
const keepAliveSeconds = 20;

export function createDeviceLink({ id, secret }: DeviceAccount, ports: DeviceLinkPorts): DeviceLink {
  const { url, outbox, now, random } = ports;
  const listeners = new Set<() => void>();
  const topic = (kind: DeviceTopicKind) => buildTopic({ of: 'device', deviceId: id, kind });
  const answered = new Map<string, string>();
  let client: MqttClient | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let view: LinkView = { link: 'off', waiting: outbox.waiting(), reassurance: null, timesIdentified: 0 };

  function show(change: Partial<LinkView>): void {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  function dial(): void {
    clearTimeout(pause);
    if (client !== undefined) return;
    show({ link: 'connecting' });
    const made = ports.connect(url, {
      clientId: id,
      username: id,
      password: secret,
      protocolVersion: 4,
      clean: true,
      keepalive: keepAliveSeconds,
      connectTimeout: 8_000,
      // Its own store would repeat the age of the first transmission.
      reconnectPeriod: 0,
      resubscribe: false,
      // Its other timers live in a worker made of a blob, which the hub's content security policy forbids.
      timerVariant: 'native',
      will: { topic: topic('availability'), payload: 'offline' as never, qos: 1, retain: true },
    });
    client = made;
    let isRefused = false;
    made.on('connect', () => {
      failures = 0;
      made.subscribe(topic('command'), { qos: 1 });
      made.publish(topic('availability'), 'online', { qos: 1, retain: true });
      show({ link: 'online' });
      for (const event of outbox.waiting()) transmit(made, event);
    });
    made.on('message', (_, payload) => hear(made, payload));
    made.on('error', (error) => {
      isRefused = 'code' in error && (error.code === 4 || error.code === 5);
    });
    made.on('close', () => {
      if (client !== made) return;
      client = undefined;
      made.end(true);
      failures += 1;
      show({ link: isRefused ? 'refused' : 'offline' });
      again(isRefused);
    });
  }

  function again(isRefused: boolean): void {
    const grown = Math.min(longestPauseMs, 1_000 * 2 ** Math.min(failures - 1, 10)) * (0.5 + random() / 2);
    const isUrgent = outbox.waiting().some(({ kind }) => isCall(kind));
    pause = setTimeout(dial, isRefused ? longestPauseMs : isUrgent ? Math.min(grown, callPauseMs) : grown);
  }

  function transmit(by: MqttClient, event: WaitingEvent): void {
    // [MQTT-4.4.0-1]: a repetition needs a new connection, so one without its PUBACK is cut.
    const overdue = setTimeout(() => by.stream.destroy(), pubackWithinMs);
    by.once('close', () => clearTimeout(overdue));
    by.publish(topic('event'), eventMessage(event, now()), { qos: 1 }, (error) => {
      clearTimeout(overdue);
      if (error) return;
      outbox.accept(event.id);
      show({ waiting: outbox.waiting() });
    });
  }

  function hear(by: MqttClient, payload: Uint8Array): void {
    const read = deviceCommandSchema.safeParse(parsed(payload));
    if (!read.success) return;
    const command = read.data;
    const result = answered.get(command.id) ?? JSON.stringify({ id: command.id, ok: true });
    // A repeated command is carried out once and answered again.
    if (!answered.has(command.id)) {
      answered.set(command.id, result);
      if (command.command === 'reassure')
        show({ reassurance: nextReassurance(view.reassurance, command.data) });
      if (command.command === 'identify') show({ timesIdentified: view.timesIdentified + 1 });
      if (command.command === 'test') send('test.pressed', { by: 'command' });
    }
    by.publish(topic('command/result'), result, { qos: 1 });
  }

  function send(kind: EventKind, details?: Record<string, unknown>): void {
    const event = {
      id: ports.newEventId(),
      kind,
      happenedAtMs: now(),
      ...(details === undefined ? {} : { details }),
    };
    outbox.add(event);
    show({ waiting: outbox.waiting() });
    if (client?.connected === true) transmit(client, event);
    else if (view.link !== 'off' && isCall(kind)) dial();
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: dial,
    unplug() {
      clearTimeout(pause);
      const gone = client;
      client = undefined;
      gone?.stream.destroy();
      gone?.end(true);
      show({ link: 'off' });
    },
    send,
    report(reading) {
      if (client?.connected === true) client.publish(topic('reading'), JSON.stringify(reading), { qos: 0 });
    },
    clearReassurance: () => show({ reassurance: null }),
  };
}

/** What was overtaken on its way never takes the resident a step back. */
export function nextReassurance(shown: Reassurance | null, told: Reassurance): Reassurance {
  if (shown?.alarmId !== told.alarmId) return told;
  return reassuranceStates.indexOf(told.state) > reassuranceStates.indexOf(shown.state) ? told : shown;
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
