import { channelSchema, channelTestResultSchema } from '@carebell/contracts/channels.ts';
import type { ChannelPatch, ChannelView, NewChannel } from '@carebell/contracts/channels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { Answer } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** A channel that is suspended or works again is seen this soon. */
const refreshEveryMs = 10_000;
/** The hub waits 20 s for the other end. */
const testWithinMs = 25_000;

const channelsSchema = z.object({ items: z.array(channelSchema) });
export type TestResult = z.infer<typeof channelTestResultSchema>;

export function useChannels() {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['channels', 'list'],
    refetchInterval: refreshEveryMs,
    queryFn: () => resultOrThrow(api.call<{ items: ChannelView[] }>('GET', '/channels', channelsSchema)),
  });
}

export function useChannel(id: string) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['channels', id],
    refetchInterval: refreshEveryMs,
    queryFn: () => resultOrThrow(api.call<ChannelView>('GET', pathOf(id), channelSchema)),
  });
}

/** What is done to channels. Whatever comes of it, the lists are asked for again. */
export function useChannelCalls() {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  async function then<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await call;
    void queries.invalidateQueries({ queryKey: ['channels'] });
    return answer;
  }
  return {
    enter: (body: NewChannel) => then(api.call<ChannelView>('POST', '/channels', channelSchema, body)),
    change: (id: string, body: ChannelPatch) =>
      then(api.call<ChannelView>('PATCH', pathOf(id), channelSchema, body)),
    remove: (id: string) => then(api.call<undefined>('DELETE', pathOf(id), z.undefined())),
    test: (id: string, body: { address: string; locale: 'zh-CN' | 'en' }) =>
      then(api.call<TestResult>('POST', `${pathOf(id)}/test`, channelTestResultSchema, body, testWithinMs)),
  };
}

const pathOf = (id: string) => `/channels/${encodeURIComponent(id)}`;
