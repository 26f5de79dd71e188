/** One line of what the load has seen, in its own words; the hub has no part in it. Times are of the machine, in ms. */
export type Line =
  | { is: 'sent'; event: string; deviceId: string; isPress: boolean; atMs: number }
  | { is: 'acknowledged'; event: string; atMs: number }
  /** A screen has been told of an alarm. */
  | { is: 'shown'; alarmId: string; deviceId: string; isStored: boolean; atMs: number }
  /** The hub has answered that it knows that a screen displays this alarm. */
  | { is: 'displayed'; alarmId: string };

/** What stands on a screen when all is quiet again. */
export type OnScreen = { alarmId: string; deviceId: string; presses: number; isStored: boolean };

/** What the hub's store says, read from its file. */
export type Stored = {
  /** How often the journal has each event, by `device event`. */
  events: ReadonlyMap<string, number>;
  alarms: readonly {
    id: string;
    deviceId: string;
    presses: number;
    hasDeadline: boolean;
    isDisplayed: boolean;
  }[];
};

export type Verdict = {
  acknowledged: number;
  presses: number;
  /** Presses that a screen showed before they were stored. */
  shownNotStored: number;
  /** Acknowledged to a device and not in the journal. */
  lost: string[];
  /** In the journal more than once. */
  storedTwice: string[];
  /** Acknowledged presses that are in no alarm. */
  withoutAlarm: string[];
  /** Acknowledged presses whose alarm is on no screen. */
  notShown: string[];
  /** Pressed once and on the screen as two alarms or as two presses, or as one that is not stored. */
  shownTwice: string[];
  /** Open alarms that wait for nobody. */
  withoutDeadline: string[];
  /** A screen was told that its report has been taken, and the alarm does not know of it. */
  displayForgotten: string[];
};

/** Everything that the load has written, taken in line by line. */
export function openLedger() {
  const sent = new Map<string, Extract<Line, { is: 'sent' }>>();
  const acknowledged = new Map<string, number>();
  const shownAtMs = new Map<string, number>();
  const storedAlarms = new Map<string, Set<string>>();
  const displayed = new Set<string>();
  const notStored = new Set<string>();

  function take(line: Line): void {
    if (line.is === 'sent') sent.set(line.event, line);
    else if (line.is === 'acknowledged') acknowledged.set(line.event, line.atMs);
    else if (line.is === 'displayed') displayed.add(line.alarmId);
    else {
      if (!shownAtMs.has(line.deviceId)) shownAtMs.set(line.deviceId, line.atMs);
      if (!line.isStored) {
        notStored.add(line.deviceId);
        return;
      }
      const alarms = storedAlarms.get(line.deviceId) ?? new Set();
      storedAlarms.set(line.deviceId, alarms.add(line.alarmId));
    }
  }

  const acknowledgedPresses = () =>
    [...acknowledged.keys()].flatMap((event) => {
      const line = sent.get(event);
      return line?.isPress ? [line] : [];
    });

  return {
    take,
    /** When a press that was made after this instant was both acknowledged and shown first; `undefined` if none was yet. */
    workedAgainAtMs(sinceMs: number): number | undefined {
      const times = acknowledgedPresses()
        .filter(({ atMs }) => atMs >= sinceMs)
        .flatMap(({ event, deviceId }) => {
          const [told, seen] = [acknowledged.get(event), shownAtMs.get(deviceId)];
          return told === undefined || seen === undefined ? [] : [Math.max(told, seen)];
        });
      return times.length === 0 ? undefined : Math.min(...times);
    },
    /** When a screen was first told of an alarm of this device. */
    shownAtMs: (deviceId: string): number | undefined => shownAtMs.get(deviceId),
    acknowledged: (): number => acknowledged.size,
    judge(stored: Stored, onScreen: readonly OnScreen[]): Verdict {
      const presses = acknowledgedPresses();
      const alarmed = new Set(stored.alarms.map(({ deviceId }) => deviceId));
      const pressed = new Set([...sent.values()].filter((line) => line.isPress).map((line) => line.deviceId));
      const standing = new Map<string, OnScreen[]>();
      for (const alarm of onScreen)
        standing.set(alarm.deviceId, [...(standing.get(alarm.deviceId) ?? []), alarm]);
      const isTwice = (deviceId: string): boolean => {
        const alarms = standing.get(deviceId) ?? [];
        const isOdd = alarms.some(({ presses: times, isStored }) => times !== 1 || !isStored);
        return alarms.length > 1 || isOdd || (storedAlarms.get(deviceId)?.size ?? 0) > 1;
      };
      return {
        acknowledged: acknowledged.size,
        presses: presses.length,
        shownNotStored: notStored.size,
        lost: [...acknowledged.keys()].filter((event) => !stored.events.has(event)),
        storedTwice: [...stored.events].filter(([, times]) => times > 1).map(([event]) => event),
        withoutAlarm: presses.map(({ deviceId }) => deviceId).filter((id) => !alarmed.has(id)),
        notShown: presses.map(({ deviceId }) => deviceId).filter((id) => !standing.has(id)),
        shownTwice: [...pressed].filter(isTwice),
        withoutDeadline: stored.alarms.filter(({ hasDeadline }) => !hasDeadline).map(({ id }) => id),
        displayForgotten: stored.alarms
          .filter(({ id, isDisplayed }) => displayed.has(id) && !isDisplayed)
          .map(({ id }) => id),
      };
    },
  };
}
export type Ledger = ReturnType<typeof openLedger>;

const promises = [
  'lost',
  'storedTwice',
  'withoutAlarm',
  'notShown',
  'shownTwice',
  'withoutDeadline',
  'displayForgotten',
] as const;

/** One batch of the hub. */
const toldLossAtMost = 300;

/** A loss that the hub has told is held against it no more, as far as it can come of one batch. */
export function withoutToldLoss(verdict: Verdict): Verdict {
  if (verdict.lost.length > toldLossAtMost) return verdict;
  const gone = new Set(verdict.lost.map((event) => event.slice(0, event.indexOf(' '))));
  const remaining = (deviceIds: readonly string[]): string[] => deviceIds.filter((id) => !gone.has(id));
  return {
    ...verdict,
    lost: [],
    withoutAlarm: remaining(verdict.withoutAlarm),
    notShown: remaining(verdict.notShown),
    shownTwice: remaining(verdict.shownTwice),
  };
}

/** What was promised and not held, by name, with how often; empty is as it must be. */
export function brokenPromises(verdict: Verdict): Partial<Record<(typeof promises)[number], string[]>> {
  return Object.fromEntries(
    promises.filter((name) => verdict[name].length > 0).map((name) => [name, verdict[name].slice(0, 5)]),
  );
}
