import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { Answer } from '../api/hub-api.ts';
import { useProblemText } from './problem-text.ts';

/** Has the hub do something, says why it could not be done, and shows what stands under this key as it is afterwards. */
export function useAct(queryKey: readonly string[]) {
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const act = useCallback(
    /** Answers the result, or nothing if it was refused. */
    async <T>(asked: Promise<Answer<T>>, saidWhenDone?: string): Promise<T | undefined> => {
      setSending(true);
      const answer = await asked;
      setSending(false);
      if (!answer.ok) void message.error(problemText(answer.problem), 6);
      else if (saidWhenDone !== undefined) void message.success(saidWhenDone);
      await queries.invalidateQueries({ queryKey });
      return answer.ok ? answer.result : undefined;
    },
    [message, problemText, queries, queryKey],
  );
  return { isSending, act };
}
