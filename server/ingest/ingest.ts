import { largestPayloadBytes } from '@carebell/contracts/event-kinds.ts';
import {
  availabilitySchema,
  commandResultSchema,
  deviceEventSchema,
  deviceReadingSchema,
  gatewayHealthSchema,
} from '@carebell/contracts/messages.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { codeReceived } from '@carebell/contracts/signal-roles.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import type { DeviceEntry, Directory } from '../device/directory.ts';
import type { Gate } from '../journal/gate.ts';
import type { Movement } from '../escalation/movement.ts';
import type { FiringWatch } from '../supervision/firing-watch.ts';
import { heardMeaning } from './heard-meaning.ts';
import { parsePayload } from './parse-payload.ts';
import type { Origin } from './receive.ts';
import type { Sightings } from './sightings.ts';

/** One publication as the broker hands it over: its topic is parsed and its sender has the right to it. */
export type Publication = {
  topic: Topic;
  payload: Buffer;
  from: { kind: 'device' | 'gateway'; id: string };
  receivedAtMs: number;
};
export type IntakeVerdict = { ok: true } | { ok: false; reason: string };

export type IngestPorts = {
  gate: Gate;
  directory: Directory;
  sightings: Sightings;
  /** This event is stored: screens that were told otherwise, and the gateway that waits for it, must know. */
  eventStored(origin: Origin, eventId: string): void;
  /** What a motion sensor sees may say that somebody who fell has got up. */
  motion: Movement;
  /** A device may keep firing. */
  firing: Pick<FiringWatch, 'stored'>;
};

/**
 * Parse, then the gate; `done` is called after the commit and in the order of the calls. What does not parse is stored
 * as it came and acknowledged, because a device that repeats it for ever helps nobody.
 */
export function createIngest({ gate, directory, sightings, eventStored, motion, firing }: IngestPorts) {
  return function intake(publication: Publication, done: (verdict: IntakeVerdict) => void): void {
    const { topic, payload, receivedAtMs } = publication;
    const stored = (error: Error | null): void =>
      done(error ? { ok: false, reason: error.message } : { ok: true });
    if (topic.of === 'gateway') {
      takeGatewayMessage(topic.gatewayId, topic.kind, publication, stored);
      return;
    }
    const heard = deviceOf(topic.deviceId, publication.from);
    const origin = originOf(topic.deviceId, heard, publication);
    const { deviceId } = origin;
    const malformed = (reason: string): void =>
      gate.commitThen(
        'receiveMalformed',
        { payload: new Uint8Array(payload), reason, origin, topicKind: topic.kind },
        stored,
      );
    if (payload.byteLength > largestPayloadBytes) {
      malformed(`payload of ${payload.byteLength} bytes, at most ${largestPayloadBytes} are taken`);
      return;
    }
    if (!isFarewell(topic.kind, payload)) sightings.seen('device', deviceId, receivedAtMs);
    if (origin.gatewayId !== null) sightings.seen('gateway', origin.gatewayId, receivedAtMs);
    switch (topic.kind) {
      case 'event': {
        const parsed = parsePayload(payload, deviceEventSchema);
        if (!parsed.ok) {
          malformed(parsed.reason);
          return;
        }
        const event =
          heard && origin.gatewayId !== null ? meant(topic.deviceId, parsed.value, heard) : parsed.value;
        gate.commitThen('receiveEvent', { event, origin }, (error, received) => {
          if (!error) eventStored(origin, event.id);
          stored(error);
          if (received?.isDuplicate !== false) return;
          if (heard) motion(event, heard, receivedAtMs);
          firing.stored(deviceId, event, received.alarmIds, receivedAtMs);
        });
        return;
      }
      case 'reading': {
        const parsed = parsePayload(payload, deviceReadingSchema);
        if (!parsed.ok) {
          malformed(parsed.reason);
          return;
        }
        sightings.measured(deviceId, parsed.value);
        gate.commitThen('receiveReading', { reading: parsed.value, origin }, stored);
        return;
      }
      case 'command/result': {
        const parsed = parsePayload(payload, commandResultSchema);
        if (!parsed.ok) {
          malformed(parsed.reason);
          return;
        }
        gate.commitThen('receiveCommandResult', { result: parsed.value, origin }, stored);
        return;
      }
      case 'availability': {
        // The broker's own presence takes it from here; only what is no availability is kept.
        if (availabilitySchema.safeParse(payload.toString()).success) stored(null);
        else malformed('an availability is "online" or "offline"');
        return;
      }
      case 'command':
      case 'claim':
        stored(new Error(`a ${topic.kind} is never received`));
    }
  };

  function takeGatewayMessage(
    gatewayId: string,
    kind: Extract<Topic, { of: 'gateway' }>['kind'],
    { payload, receivedAtMs }: Publication,
    stored: (error: Error | null) => void,
  ): void {
    if (!isFarewell(kind, payload)) sightings.seen('gateway', gatewayId, receivedAtMs);
    const stationId = directory.gateway(gatewayId)?.stationId ?? null;
    const origin: Origin = {
      deviceId: gatewayId,
      residentId: null,
      stationId,
      gatewayId,
      isKnown: true,
      receivedAtMs,
    };
    const malformed = (reason: string): void =>
      gate.commitThen(
        'receiveMalformed',
        { payload: new Uint8Array(payload), reason, origin, topicKind: kind },
        stored,
      );
    if (kind === 'health') {
      const parsed = parsePayload(payload, gatewayHealthSchema);
      if (parsed.ok)
        gate.commitThen(
          'receiveHealth',
          { gatewayId, stationId, health: parsed.value, receivedAtMs },
          stored,
        );
      else malformed(parsed.reason);
      return;
    }
    if (availabilitySchema.safeParse(payload.toString()).success) stored(null);
    else malformed('an availability is "online" or "offline"');
  }

  /** A gateway that has not heard the newest list reports a device under the name that it is heard as. */
  function deviceOf(name: string, from: Publication['from']): DeviceEntry | undefined {
    const gateway = from.kind === 'gateway' ? directory.gateway(from.id) : undefined;
    return (gateway && directory.earshot.heardAt(gateway.stationId, name)) ?? directory.device(name);
  }

  function originOf(
    name: string,
    device: DeviceEntry | undefined,
    { from, receivedAtMs }: Publication,
  ): Origin {
    const gatewayId = from.kind === 'gateway' ? from.id : null;
    const heardAt = gatewayId === null ? undefined : directory.gateway(gatewayId)?.stationId;
    return {
      deviceId: device?.deviceId ?? name,
      residentId: device?.residentId ?? null,
      stationId: device?.stationId ?? heardAt ?? null,
      gatewayId,
      isKnown: device !== undefined,
      ...(gatewayId !== null && isNobodys(device) ? { isUnregistered: true } : {}),
      receivedAtMs,
    };
  }
}

/** That somebody is gone is no sign of life of theirs. */
function isFarewell(kind: Topic['kind'], payload: Buffer): boolean {
  return kind === 'availability' && payload.toString() !== 'online';
}

/** Nobody has entered it; one that was taken out of service was entered once, and its call is still one. */
function isNobodys(device: DeviceEntry | undefined): boolean {
  return device?.isRegistered !== true && device?.isRetired !== true;
}

/** A gateway that names the device knows what its signals mean, except where it says that it does not. */
function meant(name: string, event: DeviceEvent, device: DeviceEntry): DeviceEvent {
  if (isNobodys(device)) return event;
  return name === device.deviceId && event.kind !== codeReceived ? event : heardMeaning(event, device);
}
