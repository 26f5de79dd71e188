import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { testRecordPrefix, virtualDevicePrefix } from '@carebell/contracts/virtual-device-names.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { renewSecret } from '../device/device-registry-accounts.ts';
import { createDevice } from '../device/device-registry-works.ts';
import { putRules } from '../detection/rule-works.ts';
import type { Transaction } from '../journal/transaction.ts';
import { createDwelling } from '../resident/dwelling-works.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import { createResident } from '../resident/resident-works.ts';
import { setSupervision } from '../supervision/silence-works.ts';
import { beginTest } from '../test-mode/test-mode-works.ts';

/** What stands in a test dwelling. */
export const testDwellingDevices = [
  { type: 'terminal', name: '【试验】一键通', room: '客厅' },
  { type: 'fall-detector', name: '【试验】跌倒探测器', room: '随身' },
  { type: 'door-sensor', name: '【试验】门磁', room: '玄关' },
  { type: 'motion-sensor', name: '【试验】人体感应器', room: '客厅' },
  { type: 'bed-sensor', name: '【试验】床垫感应器', room: '卧室' },
  { type: 'smoke-detector', name: '【试验】烟感', room: '厨房' },
] as const satisfies { type: DeviceType; name: string; room: string }[];

/** One lesson. Whoever opens the page again prolongs it. */
export const testMinutes = 60;
/** So much of a station's identifier stands in those of its test dwelling, which have 64 characters at most. */
const stationLetters = 40;

export type TestDwelling = {
  dwellingId: string;
  residentId: string;
  deviceIds: string[];
  testEndsAtMs: number;
};

/**
 * Opens the test dwelling of a station: enters what is not there yet, puts it under test, and sets the secrets of its virtual
 * devices. Whatever bears one of their identifiers and stands anywhere else is refused and left as it is.
 */
export async function openTestDwelling(
  tx: Transaction,
  call: { actorId: string; scope: Scope; stationId: string; secretHashes: readonly string[] },
): Promise<({ ok: true } & TestDwelling) | RegistryRefusal> {
  const { actorId, scope, stationId, secretHashes } = call;
  const who = { actorId, scope };
  const place = stationId.slice(0, stationLetters);
  const id = `${testRecordPrefix}${place}`;
  const dwelling = await tx.registry.dwelling(id);
  if (dwelling && dwelling.stationId !== stationId) return refused('already-exists', 'stationId');
  if (!dwelling) {
    const address = '【试验】虚拟设备，无人居住 · test dwelling, nobody lives here';
    const made = await createDwelling(tx, {
      ...who,
      dwelling: { id, stationId, address, access: '', grid: null },
    });
    if (!made.ok) return made;
  }
  const resident = await tx.registry.resident(id);
  if (resident && resident.dwellingId !== id) return refused('already-exists', 'stationId');
  if (!resident) {
    const made = await createResident(tx, { ...who, resident: { ...nobody, id, dwellingId: id } });
    if (!made.ok) return made;
  }
  const deviceIds: string[] = [];
  for (const [index, { type, name, room }] of testDwellingDevices.entries()) {
    const deviceId = `${virtualDevicePrefix}${place}-${type}`;
    const secretHash = secretHashes[index] ?? '';
    const known = await tx.registry.device(deviceId);
    if (known && known.dwellingId !== id) return refused('already-exists', 'stationId');
    const device = { id: deviceId, type, name, room, ...homeOf(id), heardAs: null, signals: {} };
    const done = known?.isRegistered
      ? await renewSecret(tx, { ...who, of: 'device', id: deviceId, secretHash })
      : await createDevice(tx, { ...who, device, secretHash });
    if (!done.ok) return done;
    // Nobody waits for a device that exists while somebody looks at it.
    if (!known) await setSupervision(tx, { of: 'device', id: deviceId, setting: notWaitedFor, actorId });
    deviceIds.push(deviceId);
  }
  if (!(await tx.detection.ruleChanges('resident', id)))
    await putRules(tx, { actorId, reach: scope, scope: 'resident', id, rules: rulesOfALesson });
  const test = await beginTest(tx, {
    ...who,
    of: 'dwelling',
    id,
    minutes: testMinutes,
    reason: 'virtual devices',
  });
  if (!test.ok) return test;
  return {
    ok: true,
    dwellingId: id,
    residentId: id,
    deviceIds,
    testEndsAtMs: tx.nowMs + testMinutes * 60_000,
  };
}

/** The rules that the devices can set off, within the patience of a lesson. Whoever leads the station may change them. */
const rulesOfALesson: RuleChange[] = [
  { id: 'door-open', kind: 'door-open', afterMinutes: 1 },
  { id: 'out-of-bed', kind: 'out-of-bed', from: '00:00', to: '23:59', afterMinutes: 1, stillMinutes: 1 },
];

const notWaitedFor = { class: 'off', missed: 1, of: 1 } as const;

const nobody = {
  name: '【试验】试验住户',
  phone: null,
  birthYear: null,
  riskGroups: [],
  medicalNotes: '',
  handlingNotes: '',
  contacts: [],
};

function homeOf(id: string) {
  return { stationId: null, dwellingId: id, residentId: id, gatewayId: null };
}

export const virtualDeviceWorks = { openTestDwelling };
