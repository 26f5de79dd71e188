import type { BoardNumbers, DeviceNumbers, UseNumbers } from '@carebell/contracts/boards.ts';
import { instantOrNull } from '../clock.ts';
import { numbersOf, portion } from '../report/numbers.ts';
import { requestNumbers } from '../service-request/request-numbers.ts';
import { visitNumbersOf } from '../visit/rate.ts';
import type { BoardFacts } from './board-facts.ts';

/** The numbers of one part, counted from its facts. */
export function boardNumbers(
  facts: BoardFacts,
  { nowMs, hasUse }: { nowMs: number; hasUse: boolean },
): BoardNumbers {
  return {
    residents: sumOf(facts.residents.map(({ count }) => count)),
    cases: numbersOf(facts.cases, nowMs),
    devices: deviceNumbers(facts.devices),
    use: hasUse ? useNumbers(facts) : null,
    requests: requestNumbers(facts.requests),
    visits: visitNumbersOf(facts.visits),
  };
}

function deviceNumbers(tallies: BoardFacts['devices']): DeviceNumbers {
  const sum = (name: 'all' | 'expected' | 'heard' | 'notYet' | 'lowBattery' | 'buttons' | 'tested') =>
    sumOf(tallies.map((tally) => tally[name]));
  return {
    all: sum('all'),
    heard: portion(sum('expected'), sum('heard')),
    notYet: sum('notYet'),
    lowBattery: sum('lowBattery'),
    tested: portion(sum('buttons'), sum('tested')),
  };
}

function useNumbers({ users, stations }: BoardFacts): UseNumbers {
  return {
    loggedIn: portion(sumOf(users.map(({ all }) => all)), sumOf(users.map(({ loggedIn }) => loggedIn))),
    screens: portion(stations.length, stations.filter(({ hasScreen }) => hasScreen).length),
    lastLogInAt: instantOrNull(latestOf(users.map(({ lastLogInMs }) => lastLogInMs))),
    lastHandOverAt: instantOrNull(latestOf(stations.map(({ lastHandOverMs }) => lastHandOverMs))),
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function latestOf(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((atMs) => atMs !== null);
  return known.length === 0 ? null : Math.max(...known);
}
