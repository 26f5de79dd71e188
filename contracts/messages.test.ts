import { describe, expect, it } from 'vitest';
import { alarmKinds, compareUrgency, priorities } from './alarm-kinds.ts';
import { isEventKind } from './event-kinds.ts';
import { deviceEventSchema, deviceReadingSchema } from './messages.ts';

describe('device events', () => {
  it.each([
    { id: 'p-1', kind: 'button.pressed', data: { key: 'help', press: 'short' } },
    { id: 'p-2', kind: 'door.opened', at: '2026-03-14T08:15:30+08:00' },
    { id: 'p-3', kind: 'fall.detected', ageMs: 1500 },
    { id: 'p-4', kind: 'vendor.special' },
  ])('takes $kind', (event) => {
    expect(deviceEventSchema.parse(event)).toEqual(event);
  });

  it.each([
    ['no identifier', { kind: 'button.pressed' }],
    ['an empty identifier', { id: '', kind: 'button.pressed' }],
    ['an identifier of 65 characters', { id: 'x'.repeat(65), kind: 'button.pressed' }],
    ['a time without a zone', { id: 'p', kind: 'button.pressed', at: '2026-03-14T08:15:30' }],
    ['a negative age', { id: 'p', kind: 'button.pressed', ageMs: -1 }],
    ['a kind with spaces', { id: 'p', kind: 'button pressed' }],
    ['an array', []],
  ])('refuses %s', (_, event) => {
    expect(deviceEventSchema.safeParse(event).success).toBe(false);
  });

  it('keeps unknown kinds apart from known ones', () => {
    expect(isEventKind('button.pressed')).toBe(true);
    expect(isEventKind('constructor')).toBe(false);
  });
});

describe('readings', () => {
  it('take any number by its name and nothing else', () => {
    expect(deviceReadingSchema.parse({ battery: 80, temperature: 21.5 })).toEqual({
      battery: 80,
      temperature: 21.5,
    });
    expect(deviceReadingSchema.safeParse({ temperature: 'warm' }).success).toBe(false);
    expect(deviceReadingSchema.safeParse({ battery: 101 }).success).toBe(false);
  });
});

describe('urgency', () => {
  it('puts every emergency before every technical alarm, and the longest wait first', () => {
    const at = (kind: keyof typeof alarmKinds, pressedAt: string) => ({
      priority: alarmKinds[kind].priority,
      pressedAt,
    });
    const wall = [
      at('battery-low', '2026-01-01T00:00:00Z'),
      at('help', '2026-01-01T00:00:09Z'),
      at('water', '2026-01-01T00:00:01Z'),
      at('smoke', '2026-01-01T00:00:05Z'),
      at('taxi', '2026-01-01T00:00:02Z'),
    ].toSorted(compareUrgency);
    expect(wall.map((alarm) => alarm.priority)).toEqual([
      'emergency',
      'emergency',
      'urgent',
      'service',
      'technical',
    ]);
    expect(wall[0]?.pressedAt).toBe('2026-01-01T00:00:05Z');
    expect(priorities[0]).toBe('emergency');
  });
});
