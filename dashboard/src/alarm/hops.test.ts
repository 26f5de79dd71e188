import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { hopsOf, latestReassurance } from './hops.ts';

const user = { id: 'u1', displayName: '李敏' };
const entries: TimelineEntry[] = [
  {
    seq: 1,
    at: '2026-03-14T03:00:00.400Z',
    step: 'raised',
    kind: 'help',
    deviceId: 'btn-1',
    pressedAt: '2026-03-14T03:00:00.000Z',
    receivedAt: '2026-03-14T03:00:00.380Z',
    isLate: false,
  },
  {
    seq: 2,
    at: '2026-03-14T03:00:00.402Z',
    step: 'reassurance-queued',
    deviceId: 'btn-1',
    state: 'received',
    commandId: 'c1',
  },
  {
    seq: 3,
    at: '2026-03-14T03:00:01.200Z',
    step: 'reassurance-shown',
    deviceId: 'btn-1',
    state: 'received',
    commandId: 'c1',
  },
  { seq: 4, at: '2026-03-14T03:00:12.000Z', step: 'acknowledged', user },
  {
    seq: 5,
    at: '2026-03-14T03:00:12.001Z',
    step: 'reassurance-queued',
    deviceId: 'btn-1',
    state: 'answered',
    commandId: 'c2',
  },
];

describe('the time line', () => {
  it('counts the first hop from the press and every other from the step before', () => {
    expect(hopsOf(entries).map(({ sincePreviousMs }) => sincePreviousMs)).toEqual([400, 2, 798, 10_800, 1]);
  });

  it('says that the resident was told only what the device has confirmed', () => {
    expect(latestReassurance(entries)).toBe('received');
    expect(latestReassurance(entries.slice(0, 2))).toBeUndefined();
  });
});
