import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { Values } from '../registry-forms/form-fields.ts';

/** A device that was entered in this round. Its secret is not remembered. */
export type EnteredDevice = { id: string; type: DeviceType; name: string; room: string; isDirect: boolean };

/** How far somebody has come with a dwelling: small, without names, and kept in this browser until it is finished. */
export type Guide = {
  step: 'dwelling' | 'gateway' | 'devices';
  dwellingId: string | null;
  stationId: string | null;
  /** `null`: none here, or its devices sign in themselves. */
  gatewayId: string | null;
  /** What was begun of the next device, and at which of its steps. */
  draft: Values;
  deviceStep: number;
  entered: EnteredDevice[];
};

/** The steps of one device, each with the fields that it asks for. */
export const deviceSteps = [
  ['id'],
  ['type'],
  ['room', 'name'],
  ['residentId'],
  ['gatewayId', 'heardAs', 'signals'],
] as const;

export const newGuide: Guide = {
  step: 'dwelling',
  dwellingId: null,
  stationId: null,
  gatewayId: null,
  draft: {},
  deviceStep: 0,
  entered: [],
};

const key = 'carebell.registering';

export function rememberedGuide(storage: Pick<Storage, 'getItem'>): Guide {
  const text = storage.getItem(key);
  if (text === null) return newGuide;
  try {
    const known = JSON.parse(text) as Partial<Guide> | null;
    const steps: readonly string[] = ['dwelling', 'gateway', 'devices'];
    const isWhole = steps.includes(known?.step ?? '') && Array.isArray(known?.entered);
    return isWhole ? { ...newGuide, ...known } : newGuide;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return newGuide;
  }
}

export function rememberGuide(storage: Pick<Storage, 'setItem' | 'removeItem'>, guide: Guide | null): void {
  if (guide === null) storage.removeItem(key);
  else storage.setItem(key, JSON.stringify(guide));
}

/** The step of a device at which this field is asked for. */
export function stepOfField(path: string): number {
  const [name = ''] = path.split('.');
  const found = deviceSteps.findIndex((names) => (names as readonly string[]).includes(name));
  return Math.max(0, found);
}

/** The next device of the same dwelling begins with what it will share with the last one. */
export function withEntered(guide: Guide, device: EnteredDevice): Guide {
  return { ...guide, draft: {}, deviceStep: 0, entered: [...guide.entered, device] };
}
