import { channelTestResultSchema } from '@carebell/contracts/channels.ts';
import { addressTestSchema, pushKeySchema } from '@carebell/contracts/user-addresses.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Clock } from '../clock.ts';
import { instant } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { problem, Refusal, retryAfter } from '../http-api/problems.ts';
import type { Gate } from '../journal/gate.ts';
import type { Channel } from './channel.ts';
import { channelFor } from './channel-for.ts';
import { sendTest } from './channel-test.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { ChannelRecord } from './notification-store.ts';

export type OwnAddressPorts = {
  authorization: Pick<Authorization, 'requiresLogin' | 'userOf'>;
  commit: Gate['commit'];
  clock: Clock;
  reads: Pick<NotificationReads, 'userWishes' | 'channels' | 'channel'>;
  /** The organisation and those above it, the nearest first. */
  lineage(organisationId: string): readonly { id: string }[];
  newId(): string;
  openChannel(channel: Pick<ChannelRecord, 'id' | 'kind' | 'settings' | 'sealed'>): Channel | undefined;
  locale: NotificationLocale;
};

const tags = ['users'];
/** A test may cost the price of a message, and nobody needs more of them. */
const testEveryMs = 5_000;

/** What people do about their own addresses: subscribe a browser, and see whether a message comes. */
export function ownAddressRoutes(ports: OwnAddressPorts): RouteGroup {
  const { clock, reads } = ports;
  const { requiresLogin, userOf } = ports.authorization;
  const lastTests = new Map<string, number>();

  function notTooOften(userId: string): void {
    const waitMs = (lastTests.get(userId) ?? -Infinity) + testEveryMs - clock.monotonic();
    if (waitMs > 0)
      throw new Refusal(
        problem('too-many-requests', 'Wait a few seconds before the next test.'),
        retryAfter(waitMs),
      );
    lastTests.set(userId, clock.monotonic());
  }

  return (app) => {
    app.get(
      '/users/me/push-key',
      {
        preParsing: requiresLogin,
        schema: {
          tags,
          summary: 'The key with which a browser subscribes to notifications',
          response: { 200: pushKeySchema, ...problemResponses },
        },
      },
      async (request) => {
        const channel = await channelFor(ports, userOf(request).organisationId, { kind: 'web-push' });
        const { publicKey } = (channel?.settings ?? {}) as { publicKey?: string };
        const hasKey = channel !== undefined && publicKey !== undefined;
        return { key: hasKey ? { channelId: channel.id, publicKey } : null };
      },
    );
    app.post(
      '/users/me/addresses/test',
      {
        preParsing: requiresLogin,
        schema: {
          tags,
          summary:
            'Send a test message to one of your own addresses, and answer with what the other end said',
          body: addressTestSchema,
          response: { 200: channelTestResultSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id: userId, organisationId } = userOf(request);
        const { kind, address } = request.body;
        const { addresses, locale } = await reads.userWishes(userId);
        const own = addresses.find((one) => one.kind === kind && one.address === address);
        if (!own) throw new Refusal(notFound());
        notTooOften(userId);
        const channel = await channelFor(ports, organisationId, own);
        if (!channel)
          return {
            result: 'refused' as const,
            reason: 'channel-missing' as const,
            receiptId: null,
            answer: '',
            tookMs: 0,
          };
        const test = {
          address,
          locale: locale ?? ports.locale,
          testedBy: userId,
          nowIso: instant(clock.now()),
        };
        return sendTest(ports, channel, test);
      },
    );
  };
}
