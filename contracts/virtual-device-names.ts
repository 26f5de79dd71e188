/**
 * A device that exists in a browser or a scenario only, and a dwelling or resident that nobody is. The identifier says so:
 * it stands in every list and record, cannot be changed, and no real device can be taken for one by mistake.
 */
export const virtualDevicePrefix = 'virtual-';
export const testRecordPrefix = 'test-';

export function isVirtualDevice(deviceId: string): boolean {
  return deviceId.startsWith(virtualDevicePrefix);
}

/** Where nobody lives: whoever tries its devices is the only life there. */
export function isNobodysHome({
  deviceId,
  dwellingId,
}: {
  deviceId: string;
  dwellingId: string | null;
}): boolean {
  return isVirtualDevice(deviceId) && dwellingId?.startsWith(testRecordPrefix) === true;
}
