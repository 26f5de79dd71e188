import { pageOf } from '@carebell/contracts/http-api.ts';
import { testModeSchema } from '@carebell/contracts/test-mode.ts';
import type { NewTestMode, TestMode } from '@carebell/contracts/test-mode.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

const testModePage = pageOf(testModeSchema);
export const testModesKey = ['test-modes'];
/** A wall must know soon that what rings may be a test. */
const refreshEveryMs = 5_000;

/** What runs: everything the person sees, or what is about one device or dwelling. */
export function useRunningTests(about: { deviceId?: string; dwellingId?: string } = {}) {
  const { api } = useWorkplace();
  const query = new URLSearchParams({ limit: '100', ...about }).toString();
  return useQuery({
    queryKey: [...testModesKey, query],
    queryFn: () => resultOrThrow(api.call('GET', `/test-modes?${query}`, testModePage)),
    refetchInterval: refreshEveryMs,
  });
}

/** Begins, prolongs and ends tests; what went wrong is said. */
export function useTestModeSteps() {
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  async function call(
    method: 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<TestMode | undefined> {
    const answer = await api.call(method, path, testModeSchema, body);
    if (!answer.ok) void message.error(problemText(answer.problem));
    await queries.invalidateQueries({ queryKey: testModesKey });
    return answer.ok ? answer.result : undefined;
  }
  return {
    begin: (body: NewTestMode) => call('POST', '/test-modes', body),
    prolong: (id: string, minutes: number) => call('POST', `/test-modes/${id}/prolong`, { minutes }),
    end: (id: string) => call('DELETE', `/test-modes/${id}`),
  };
}
