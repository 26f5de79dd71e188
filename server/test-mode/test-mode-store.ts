import type { TestModeRecord } from './test-mode.ts';

export type TestModeStore = {
  insert(test: TestModeRecord): Promise<void>;
  load(id: string): Promise<TestModeRecord | undefined>;
  update(test: TestModeRecord): Promise<void>;
  /** Those that nobody has ended yet and whose time may have come; usually none. */
  running(): Promise<readonly TestModeRecord[]>;
  /** Those that run, and those that ended after this instant. */
  endedSince(sinceMs: number): Promise<readonly TestModeRecord[]>;
};
