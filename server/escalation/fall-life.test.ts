import { describe, expect, it } from 'vitest';
import { minute, openCase, second } from './case-under-test.ts';

const moved = (atMs: number) => ({ type: 'moved', deviceId: 'm1', movedAtMs: atMs }) as const;
const suspected = { kind: 'fall-suspected' } as const;
const cancelled = { type: 'cancelled-by-resident', deviceId: 'b1', eventKind: 'button.cancelled' } as const;
const detected = {
  type: 'pressed',
  kind: 'fall',
  deviceId: 'b1',
  tellsResident: true,
  pressedAtMs: 10 * second,
} as const;
const life = [
  'grace-began',
  'movement-seen',
  'fall-confirmed',
  'fall-not-confirmed',
  'lifted',
  'still-lying',
] as const;

describe('a suspected fall', () => {
  it('is taken as a fall by the hub when the resident has not cancelled within the grace time', () => {
    const alarm = openCase(suspected);
    alarm.passTo(30 * second);
    expect(alarm.lines(...life)).toEqual(['0 grace-began', '30 fall-confirmed']);
    expect(alarm.state()).toMatchObject({ kind: 'fall', priority: 'emergency', phase: 'raised' });
  });

  it('stays suspected when the resident cancels by button, and open all the same', () => {
    const alarm = openCase(suspected);
    alarm.at(12 * second, cancelled);
    alarm.passTo(20 * minute);
    expect(alarm.lines(...life)).toEqual(['0 grace-began', '12 fall-not-confirmed']);
    expect(alarm.state()).toMatchObject({ kind: 'fall-suspected', phase: 'raised', cancelledAtMs: 12_000 });
  });

  it('stays suspected when the resident moves, but not by the movement of the fall itself', () => {
    const alarm = openCase(suspected);
    alarm.at(2 * second, moved(2 * second));
    expect(alarm.lines(...life)).toEqual(['0 grace-began']);
    alarm.at(9 * second, moved(9 * second));
    alarm.passTo(20 * minute);
    expect(alarm.lines(...life)).toEqual(['0 grace-began', '9 movement-seen', '9 fall-not-confirmed']);
  });

  it('is confirmed in spite of movement where somebody else lives too', () => {
    const alarm = openCase({ ...suspected, isAlone: false });
    alarm.at(9 * second, moved(9 * second));
    alarm.passTo(30 * second);
    expect(alarm.lines(...life)).toEqual(['0 grace-began', '9 movement-seen', '30 fall-confirmed']);
  });

  it('that is suspected again after it was cancelled has a grace time of its own', () => {
    const alarm = openCase(suspected);
    alarm.at(12 * second, cancelled);
    alarm.at(60 * second, { ...detected, kind: 'fall-suspected', pressedAtMs: 60 * second });
    alarm.passTo(90 * second);
    expect(alarm.lines(...life).slice(2)).toEqual(['60 grace-began', '90 fall-confirmed']);
  });

  it('is confirmed while somebody has it, who keeps it', () => {
    const alarm = openCase(suspected);
    alarm.at(5 * second, { type: 'acknowledge', user: { id: 'li', displayName: '李' } });
    alarm.passTo(30 * second);
    expect(alarm.state()).toMatchObject({ kind: 'fall', phase: 'acknowledged', owner: { id: 'li' } });
  });
});

describe('a confirmed fall', () => {
  it('is said to be still lying when nothing moves for five minutes, and the next step goes at once', () => {
    const alarm = openCase({ ...suspected, policy: { repeatEveryMs: 60 * minute } });
    alarm.at(10 * second, detected);
    alarm.passTo(311 * second);
    expect(alarm.lines(...life)).toEqual(['0 grace-began', '10 lifted', '310 still-lying']);
    expect(alarm.steps.findLast(({ step }) => step === 'escalated')).toMatchObject({ atMs: 310 * second });
  });

  it('is given five minutes more by movement, which is entered once a minute', () => {
    const alarm = openCase({ kind: 'fall' });
    for (const at of [60, 70, 80, 130]) alarm.at(at * second, moved(at * second));
    alarm.passTo(20 * minute);
    expect(alarm.lines(...life)).toEqual(['60 movement-seen', '130 movement-seen', '430 still-lying']);
  });

  it('that lies no longer is shown as confirmed again', () => {
    const alarm = openCase({ kind: 'fall' });
    alarm.at(400 * second, moved(400 * second));
    expect(alarm.state().escalation?.fall).toMatchObject({ stage: 'confirmed', movedAtMs: 400_000 });
  });
});
