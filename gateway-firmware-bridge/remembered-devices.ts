import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gatewayDevicesSchema } from '@carebell/contracts/messages.ts';
import type { GatewayDevices } from '@carebell/contracts/messages.ts';
import { z } from 'zod';
import { usableDeviceSchema } from './device-map-file.ts';
import type { MappedDevice } from './device-map-file.ts';

/** What was known last, so that a start without a hub, or with a device map that no longer parses, knows it still. */
export type RememberedDevices = { local: readonly MappedDevice[]; hub: GatewayDevices['devices'] };

const rememberedSchema = z.object({
  local: z.array(usableDeviceSchema),
  hub: gatewayDevicesSchema.shape.devices,
});

export type Recollection =
  { ok: true; devices: RememberedDevices } | { ok: false; reason: 'none' | 'unreadable'; detail: string };

export function recallDevices(path: string): Recollection {
  try {
    const parsed = rememberedSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success) return { ok: false, reason: 'unreadable', detail: z.prettifyError(parsed.error) };
    return { ok: true, devices: parsed.data };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'unreadable', detail: error.message };
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { ok: false, reason: error.code === 'ENOENT' ? 'none' : 'unreadable', detail: error.message };
  }
}

/** Whole or not at all: a power cut leaves the file as it was or as it is now. */
export async function rememberDevices(path: string, devices: RememberedDevices): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(devices));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
