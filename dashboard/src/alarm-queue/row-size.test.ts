import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmPhase } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { sizeRows } from './row-size.ts';

function row(id: string, priority: Priority, phase: AlarmPhase = 'raised', isStored = true) {
  return { id, priority, phase, isStored };
}

describe('the size of a row', () => {
  it('is large for the first three emergencies that wait, medium for the further ones', () => {
    const sizes = sizeRows(['a', 'b', 'c', 'd'].map((id) => row(id, 'emergency')));
    expect([...sizes.values()]).toEqual(['large', 'large', 'large', 'medium']);
  });

  it('is large for an urgent alarm only while no emergency waits', () => {
    expect(sizeRows([row('a', 'urgent')]).get('a')).toBe('large');
    expect(sizeRows([row('a', 'emergency'), row('b', 'urgent')]).get('b')).toBe('medium');
    expect(sizeRows([row('a', 'emergency', 'acknowledged'), row('b', 'urgent')]).get('b')).toBe('large');
  });

  it('is compact for what is in hand, for services and for equipment', () => {
    const sizes = sizeRows([
      row('a', 'emergency', 'acknowledged'),
      row('b', 'service'),
      row('c', 'technical'),
    ]);
    expect([...sizes.values()]).toEqual(['compact', 'compact', 'compact']);
  });

  it('is large for each one that is not stored', () => {
    expect(sizeRows([row('a', 'technical', 'raised', false)]).get('a')).toBe('large');
  });
});
