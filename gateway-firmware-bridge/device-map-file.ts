import { signalRoleSchema, signalsSchema } from '@carebell/contracts/messages.ts';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { deviceTypes } from '@carebell/contracts/registry.ts';
import { z } from 'zod';
import { parseLocated, parseYaml, readYamlFile } from './yaml-file.ts';
import type { LocatedYaml, YamlResult } from './yaml-file.ts';

const word = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,47}$/, 'use 1–48 letters, digits, "_", "." or "-"');

const signals = z
  .record(
    signalsSchema.keyType,
    signalRoleSchema.superRefine(({ kind, key }, context) => {
      if (key === undefined || kind === 'button.pressed') return;
      context.addIssue({ code: 'custom', path: ['key'], message: 'only button.pressed has a key' });
    }),
  )
  .default({});

const mappedDeviceSchema = z.strictObject({
  id: deviceIdSchema,
  /** Under which identifiers gateways report it as long as nobody has entered it; without any, its own. */
  heardAs: z.union([deviceIdSchema, z.array(deviceIdSchema).min(1).max(50)]).optional(),
  type: z.enum(deviceTypes).optional(),
  signals,
  /** What shows commands to the resident, where the device itself cannot: a chime, a display. */
  shownBy: z.strictObject({ port: word.optional(), address: word, signal: word.optional() }).optional(),
});
const deviceMapFileSchema = z.strictObject({
  devices: z.array(mappedDeviceSchema).nullable().default([]),
});

/** One device of the device map file, ready for use: `heardAs` names at least one identifier. */
export const usableDeviceSchema = z.object({
  id: z.string(),
  heardAs: z.array(z.string()),
  type: z.string().exactOptional(),
  signals: signalsSchema,
  shownBy: z
    .object({ portName: z.string().exactOptional(), address: z.string(), signal: z.string().exactOptional() })
    .exactOptional(),
});
export type MappedDevice = z.output<typeof usableDeviceSchema>;

/** The device map file, or what is wrong with it, with line and column. */
export function readDeviceMapFile(path: string): YamlResult<MappedDevice[]> {
  const located = readYamlFile(path);
  return located.ok ? parseMap(located.value) : located;
}

export function parseDeviceMap(name: string, text: string): YamlResult<MappedDevice[]> {
  const located = parseYaml(name, text);
  return located.ok ? parseMap(located.value) : located;
}

function parseMap(located: LocatedYaml): YamlResult<MappedDevice[]> {
  const parsed = parseLocated(deviceMapFileSchema, located);
  if (!parsed.ok) return parsed;
  const devices = (parsed.value.devices ?? []).map(mapped);
  const problems = repeated(devices, located);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: devices };
}

function mapped({ id, heardAs, type, signals, shownBy }: z.output<typeof mappedDeviceSchema>): MappedDevice {
  return {
    id,
    heardAs: heardAs === undefined ? [id] : [heardAs].flat(),
    signals,
    ...(type === undefined ? {} : { type }),
    ...(shownBy === undefined
      ? {}
      : {
          shownBy: {
            address: shownBy.address,
            ...(shownBy.port === undefined ? {} : { portName: shownBy.port }),
            ...(shownBy.signal === undefined ? {} : { signal: shownBy.signal }),
          },
        }),
  };
}

function repeated(devices: readonly MappedDevice[], { problem }: LocatedYaml): string[] {
  const ids = new Map<string, number>();
  const heard = new Map<string, number>();
  return devices.flatMap((device, index) => {
    const problems: string[] = [];
    const sameId = ids.get(device.id);
    if (sameId !== undefined) {
      problems.push(problem(['devices', index, 'id'], `devices[${sameId}] is "${device.id}" already`));
    } else ids.set(device.id, index);
    for (const name of device.heardAs) {
      const other = heard.get(name.toLowerCase());
      if (other !== undefined && sameId === undefined) {
        problems.push(problem(['devices', index, 'heardAs'], `"${name}" is devices[${other}] already`));
      } else heard.set(name.toLowerCase(), index);
    }
    return problems;
  });
}
