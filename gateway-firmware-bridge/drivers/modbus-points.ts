import { buttonKeys, eventKinds } from '@carebell/contracts/event-kinds.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import { z } from 'zod';
import type { Heard, Meaning, Order } from './driver.ts';

const coil = z.number().int().min(0).max(65_535);
const pointName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'use letters, digits, "_" and "-"');

export const unitSchema = z.strictObject({
  id: z.number().int().min(1).max(247),
  /** Discrete inputs: the first one's address on the bus, which counts from 0, and how many there are. */
  firstInput: z.number().int().min(0).max(65_535).default(0),
  inputs: z.number().int().min(1).max(256).default(8),
  /** Names of the points in their order; a point without one is called by its number, from 1. */
  names: z.array(pointName.nullable()).default([]),
  /** What it means when a point switches on: for all, or for each in its order. */
  kinds: z.union([z.enum(eventKinds), z.array(z.enum(eventKinds).nullable())]).default('button.pressed'),
  key: z.enum(buttonKeys).default('help'),
  /** Points, from 1, whose contact is closed at rest. */
  closedAtRest: z.array(z.number().int().min(1)).default([]),
  /** What it means when a call point switches off again: most are latched, and reset by whoever came. */
  release: z.enum(['nothing', 'button.cancelled']).default('nothing'),
  /** The coil that is on from "received" to "closed": for each point in its order, or one for the unit. */
  lamps: z.union([coil, z.array(coil.nullable())]).optional(),
  /** The coil that resets latched call points, on for a moment when an alarm of the unit is closed. */
  reset: coil.optional(),
});
export type Unit = z.infer<typeof unitSchema>;

const clearings: Partial<Record<EventKind, EventKind>> = {
  'fall.detected': 'fall.cleared',
  'fall.suspected': 'fall.cleared',
  'door.opened': 'door.closed',
  'motion.detected': 'motion.cleared',
  'bed.entered': 'bed.left',
  'smoke.detected': 'smoke.cleared',
  'gas.detected': 'gas.cleared',
  'water.detected': 'water.cleared',
  'tamper.opened': 'tamper.closed',
  'battery.low': 'battery.ok',
  'mains.lost': 'mains.restored',
};

/** What the inputs of a unit say, compared with what they said before; at first every point counts as off. */
export function changesOf(unit: Unit, inputs: readonly boolean[], states: boolean[]): Heard[] {
  const heard: Heard[] = [];
  for (let index = 0; index < unit.inputs; index += 1) {
    const isOn = (inputs[index] ?? false) !== unit.closedAtRest.includes(index + 1);
    if (isOn === (states[index] ?? false)) continue;
    states[index] = isOn;
    const meaning = isOn ? meaningOf(unit, index) : clearingOf(unit, index);
    if (meaning === undefined) continue;
    heard.push({ of: 'signal', address: addressOf(unit, index), signal: isOn ? 'on' : 'off', meaning });
  }
  return heard;
}

function addressOf(unit: Unit, index: number): string {
  return `unit.${unit.id}.${unit.names[index] ?? `point.${index + 1}`}`;
}

function kindOf(unit: Unit, index: number): EventKind {
  return typeof unit.kinds === 'string' ? unit.kinds : (unit.kinds[index] ?? 'button.pressed');
}

function meaningOf(unit: Unit, index: number): Meaning {
  const kind = kindOf(unit, index);
  return kind === 'button.pressed' ? { kind, data: { key: unit.key } } : { kind };
}

function clearingOf(unit: Unit, index: number): Meaning | undefined {
  const kind = kindOf(unit, index);
  if (kind === 'button.pressed' && unit.release === 'button.cancelled') return { kind: unit.release };
  const clearing = clearings[kind];
  return clearing && { kind: clearing };
}

/** One coil to be written, `afterMs` after the order came. */
export type CoilWrite = { unitId: number; coil: number; isOn: boolean; afterMs: number };

const blinkMs = 2000;
const resetMs = 500;

/** What an order switches; nothing if the unit has no lamp for it. */
export function coilWrites(units: readonly Unit[], { address, command }: Order): CoilWrite[] {
  const [, id, name] = /^unit\.(\d+)(?:\.(.+))?$/.exec(address) ?? [];
  const unit = units.find((each) => each.id === Number(id));
  if (unit === undefined) return [];
  const points = Array.from({ length: unit.inputs }, (_, index) => addressOf(unit, index));
  const lamp =
    typeof unit.lamps === 'object'
      ? unit.lamps[name === undefined ? -1 : points.indexOf(address)]
      : unit.lamps;
  const write = (which: number, isOn: boolean, afterMs = 0): CoilWrite => ({
    unitId: unit.id,
    coil: which,
    isOn,
    afterMs,
  });
  const isReassurance = command.command === 'reassure';
  const isClosing = isReassurance && command.data.state === 'closed';
  const writes: CoilWrite[] = [];
  if (typeof lamp === 'number') {
    writes.push(write(lamp, !isClosing));
    if (!isReassurance) writes.push(write(lamp, false, blinkMs));
  }
  if (isClosing && unit.reset !== undefined) {
    writes.push(write(unit.reset, true), write(unit.reset, false, resetMs));
  }
  return writes;
}
