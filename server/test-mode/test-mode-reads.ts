import type { TestMode, testModeStates } from '@carebell/contracts/test-mode.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';

export type TestModeReads = {
  testModes(
    query: PageQuery & {
      scope: Scope;
      state: (typeof testModeStates)[number];
      nowMs: number;
      stationId?: string | undefined;
      dwellingId?: string | undefined;
      deviceId?: string | undefined;
    },
  ): Promise<Page<TestMode>>;
  testMode(id: string): Promise<TestMode | undefined>;
  /** Whether one runs whose time is over. */
  isAnyTestOver(nowMs: number): Promise<boolean>;
};
