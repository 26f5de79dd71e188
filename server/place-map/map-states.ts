import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { MapStates } from '@carebell/contracts/map.ts';

export type Home = { dwellingId: string; address: string };
type Item = MapStates['items'][number];

/**
 * What stands at which dwelling. An alarm about equipment is a silent device at most, and nobody is in danger in a drill.
 */
export function statesOf(facts: {
  alarms: readonly AlarmView[];
  /** The dwelling of each device that is silent or cannot be heard. */
  silentAt: readonly Home[];
  awayFrom: readonly Home[];
}): Item[] {
  const items = new Map<string, Item>();
  const itemOf = (home: Home): Item => {
    const known = items.get(home.dwellingId) ?? { ...home, state: 'away', alarm: null, silent: 0 };
    items.set(home.dwellingId, known);
    return known;
  };
  for (const home of facts.awayFrom) itemOf(home);
  for (const home of facts.silentAt) {
    const item = itemOf(home);
    item.silent += 1;
    item.state = 'silent';
  }
  for (const alarm of facts.alarms.toSorted(byUrgency)) {
    const { id, dwellingId, address, priority, phase, drillId } = alarm;
    if (dwellingId === null || priority === 'technical' || drillId !== undefined) continue;
    const item = itemOf({ dwellingId, address: address ?? '' });
    item.alarm ??= { id, priority, isAnswered: phase !== 'raised' };
    item.state = 'alarm';
  }
  return [...items.values()];
}

/** Those that nobody has yet come first among those of one priority. */
function byUrgency(a: AlarmView, b: AlarmView): number {
  return (
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    Number(a.phase !== 'raised') - Number(b.phase !== 'raised') ||
    a.pressedAt.localeCompare(b.pressedAt)
  );
}
