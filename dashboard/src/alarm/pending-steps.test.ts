import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { withPendingSteps } from './pending-steps.ts';

const me = { id: 'u1', displayName: '李敏' };
const raised = { id: 'a', phase: 'raised', owner: null } as AlarmView;
const alarms = new Map([['a', raised]]);

describe('the alarms with steps that wait for an answer', () => {
  it('show an acknowledgement at once as mine', () => {
    const shown = withPendingSteps(alarms, new Map([['a', 'acknowledge' as const]]), me).get('a');
    expect(shown).toMatchObject({ phase: 'acknowledged', owner: me, isPending: true });
  });

  it('stand as the hub knows them once the step is taken away', () => {
    expect(withPendingSteps(alarms, new Map(), me).get('a')).toMatchObject({
      phase: 'raised',
      isPending: false,
    });
  });

  it('are the same objects as long as nothing changed, so that rows need no repaint', () => {
    const first = withPendingSteps(alarms, new Map(), me).get('a');
    expect(withPendingSteps(alarms, new Map(), me).get('a')).toBe(first);
  });
});
