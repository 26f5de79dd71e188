import { newDeviceSchema } from '@carebell/contracts/registry.ts';
import { describe, expect, it } from 'vitest';
import { deviceSteps, newGuide, rememberedGuide, rememberGuide, stepOfField, withEntered } from './guide.ts';
import type { Guide } from './guide.ts';

function storageOf(text: string | null = null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => void (kept.text = value),
    removeItem: () => void (kept.text = null),
  };
}

const half: Guide = {
  ...newGuide,
  step: 'devices',
  dwellingId: 'home-1',
  draft: { id: 'btn-1', type: 'button' },
  deviceStep: 2,
};

describe('the guide', () => {
  it('goes on where it was left, and begins anew when it was finished', () => {
    const storage = storageOf();
    rememberGuide(storage, half);
    expect(rememberedGuide(storage)).toEqual(half);
    rememberGuide(storage, null);
    expect(rememberedGuide(storage)).toEqual(newGuide);
  });

  it.each(['{', '{"step":"elsewhere","entered":[]}', '{"step":"devices"}', 'null'])(
    'begins anew from what it cannot read: %s',
    (text) => {
      expect(rememberedGuide(storageOf(text))).toEqual(newGuide);
    },
  );

  it('asks for every field of a device that is not said by its dwelling, and finds the step of each', () => {
    const asked = deviceSteps.flat().toSorted();
    const place = ['dwellingId', 'stationId'];
    expect(asked).toEqual(
      Object.keys(newDeviceSchema.shape)
        .filter((name) => !place.includes(name))
        .toSorted(),
    );
    expect(stepOfField('room')).toBe(2);
    expect(stepOfField('signals.key.4.kind')).toBe(4);
    expect(stepOfField('nowhere')).toBe(0);
  });

  it('begins the next device at its first step, in the same dwelling', () => {
    const device = { id: 'btn-1', type: 'button' as const, name: '', room: '', isDirect: true };
    expect(withEntered(half, device)).toMatchObject({
      dwellingId: 'home-1',
      draft: {},
      deviceStep: 0,
      entered: [device],
    });
  });
});
