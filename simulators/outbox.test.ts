import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventKinds } from '@carebell/contracts/event-kinds.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import { createOutbox, eventMessage } from './outbox.ts';
import type { WaitingEvent } from './outbox.ts';

const event = (id: string, kind: EventKind): WaitingEvent => ({
  id,
  kind,
  happenedAtMs: 1_000,
  details: undefined,
  transmissions: 0,
  transmittedAtMs: 0,
});

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), kind: fc.constantFrom(...eventKinds) }),
    fc.record({ do: fc.constant('take' as const) }),
    fc.record({ do: fc.constant('accept' as const), which: fc.nat() }),
    fc.record({ do: fc.constant('lose' as const) }),
  ),
  { maxLength: 200 },
);

test('whatever is not acknowledged is kept and sent again after the connection is lost', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const outbox = createOutbox();
      const unacknowledged = new Set<string>();
      let inFlight: string[] = [];
      let count = 0;
      for (const step of plan) {
        if (step.do === 'add') {
          outbox.add(event(`e${(count += 1)}`, step.kind));
          unacknowledged.add(`e${count}`);
        } else if (step.do === 'take') {
          const taken = outbox.take(count);
          if (taken !== undefined) inFlight.push(taken.id);
        } else if (step.do === 'accept') {
          const id = inFlight[step.which % Math.max(1, inFlight.length)];
          if (id !== undefined) {
            outbox.accept(id);
            unacknowledged.delete(id);
            inFlight = inFlight.filter((other) => other !== id);
          }
        } else {
          outbox.connectionLost();
          inFlight = [];
        }
      }
      outbox.connectionLost();
      const sentAgain: string[] = [];
      for (let next = outbox.take(0); next !== undefined; next = outbox.take(0)) {
        sentAgain.push(next.id);
        outbox.accept(next.id);
      }
      expect(new Set(sentAgain)).toEqual(unacknowledged);
    }),
  );
});

test('a full memory gives up the oldest routine event and never a call for help while it has one', () => {
  const outbox = createOutbox(3);
  outbox.add(event('press', 'button.pressed'));
  outbox.add(event('beat-1', 'heartbeat'));
  outbox.add(event('beat-2', 'heartbeat'));
  expect(outbox.add(event('door', 'door.opened'))?.id).toBe('beat-1');
  expect(outbox.waiting().map(({ id }) => id)).toEqual(['press', 'beat-2', 'door']);
});

test('no more than the window is in flight', () => {
  const outbox = createOutbox(10, 2);
  for (const id of ['a', 'b', 'c']) outbox.add(event(id, 'heartbeat'));
  expect([outbox.take(0)?.id, outbox.take(0)?.id, outbox.take(0)?.id]).toEqual(['a', 'b', undefined]);
  outbox.accept('a');
  expect(outbox.take(0)?.id).toBe('c');
});

test('the age of an event is a whole number of milliseconds since it happened', () => {
  expect(eventMessage(event('e', 'heartbeat'), 1_250.4)).toEqual({ id: 'e', kind: 'heartbeat', ageMs: 250 });
});
