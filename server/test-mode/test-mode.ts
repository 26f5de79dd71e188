import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';

/** A test as it is kept. All instants are milliseconds since the epoch. */
export type TestModeRecord = {
  id: string;
  of: TestScope;
  subjectId: string;
  stationId: string;
  /** Of a device or dwelling. */
  dwellingId: string | null;
  startedBy: string;
  startedAtMs: number;
  endsAtMs: number;
  /** `null` while it runs. */
  endedAtMs: number | null;
  /** `null` while it runs, and when it ended by itself. */
  endedBy: string | null;
  reason: string;
  commissioningId: string | null;
};

/** Where something happened. */
export type TestedHome = { deviceId: string; dwellingId: string | null; stationId: string | null };

const narrowest: readonly TestScope[] = ['device', 'dwelling', 'station'];

/**
 * The test within which something at this place happened, the narrowest of several. It must have happened after the test
 * began and be heard before it ends: what was pressed before, or is heard afterwards, is real.
 */
export function testOf(
  running: readonly TestModeRecord[],
  home: TestedHome,
  { happenedAtMs, nowMs }: { happenedAtMs: number; nowMs: number },
): TestModeRecord | undefined {
  return running
    .filter(
      (test) =>
        isAbout(test, home) &&
        test.endedAtMs === null &&
        test.startedAtMs <= happenedAtMs &&
        nowMs < test.endsAtMs,
    )
    .toSorted(
      (a, b) => narrowest.indexOf(a.of) - narrowest.indexOf(b.of) || a.startedAtMs - b.startedAtMs,
    )[0];
}

/** Whether what was received then, at this place, belonged to one of these tests, running or over. */
export function wasTested(
  tests: readonly TestModeRecord[],
  home: TestedHome,
  { happenedAtMs, receivedAtMs }: { happenedAtMs: number; receivedAtMs: number },
): boolean {
  return tests.some(
    (test) =>
      isAbout(test, home) &&
      test.startedAtMs <= happenedAtMs &&
      receivedAtMs < (test.endedAtMs ?? test.endsAtMs),
  );
}

function isAbout({ of, subjectId }: TestModeRecord, home: TestedHome): boolean {
  switch (of) {
    case 'device':
      return subjectId === home.deviceId;
    case 'dwelling':
      return subjectId === home.dwellingId;
    case 'station':
      return subjectId === home.stationId;
  }
}

/** What somebody who tests makes devices say. What the hub itself finds out of a resident or of equipment is real, where somebody lives. */
const ofDevices: ReadonlySet<AlarmKind> = new Set<AlarmKind>([
  'help',
  'fall',
  'fall-suspected',
  'smoke',
  'gas',
  'water',
  'registration',
  'taxi',
  'meal',
  'advice',
  'tamper',
  'battery-low',
  'mains-lost',
]);

export function comesFromDevices(kind: AlarmKind): boolean {
  return ofDevices.has(kind);
}

const mark = 'test:';

/**
 * Whose case a test alarm is: never that of a real one, nor that of an alarm of another test. `turn` counts the cases of
 * one test that somebody has while a further press comes.
 */
export function testSubject(subject: string, testId: string, turn: number): string {
  return `${mark}${subject}@${testId}#${turn}`;
}

/** Between which texts the subjects of all test alarms of this subject lie; "~" stands behind every letter and digit. */
export function testSubjects(subject: string): { from: string; to: string } {
  return { from: `${mark}${subject}@`, to: `${mark}${subject}@~` };
}
