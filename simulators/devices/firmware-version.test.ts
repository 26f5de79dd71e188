import { deviceTypes } from '@carebell/contracts/registry.ts';
import { expect, it } from 'vitest';
import { firmwareOf, latestFirmware } from './firmware-version.ts';

it('a device keeps its version, and of a town most have the latest', () => {
  for (const type of deviceTypes) {
    const versions = Array.from({ length: 200 }, (_, index) => firmwareOf({ id: `d-${index}`, type }));
    expect(versions).toEqual(versions.map((_, index) => firmwareOf({ id: `d-${index}`, type })));
    expect(versions.filter((version) => version === latestFirmware(type)).length).toBeGreaterThan(120);
  }
});
