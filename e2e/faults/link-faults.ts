import { setTimeout as pass } from 'node:timers/promises';
import type { Fault } from './faults.ts';

export const linkFaults: readonly Fault[] = [
  {
    name: 'links-dropped',
    what: 'every connection of devices and screens ends at once',
    rounds: 2,
    async strike({ links }) {
      links.mqtt.drop();
      links.http.drop();
    },
  },
  {
    name: 'links-half-open',
    what: 'not a byte passes for 3 s, and nobody is told; then all of them',
    rounds: 1,
    async strike({ links }) {
      links.mqtt.cut();
      links.http.cut();
      await pass(3_000);
      links.mqtt.heal();
      links.http.heal();
    },
  },
  {
    name: 'links-lost-half-open',
    what: 'the same for 3 s, and then the connections end with all that was on its way',
    rounds: 1,
    async strike({ links }) {
      links.mqtt.cut();
      links.http.cut();
      await pass(3_000);
      links.mqtt.drop();
      links.http.drop();
      links.mqtt.heal();
      links.http.heal();
    },
  },
];
