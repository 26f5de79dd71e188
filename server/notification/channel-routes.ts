import {
  channelContents,
  channelPatchSchema,
  channelSchema,
  channelTestResultSchema,
  channelTestSchema,
  newChannelSchema,
} from '@carebell/contracts/channels.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { covers } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import { instant, instantOrNull } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange } from '../resident/registry-answers.ts';
import type { Channel } from './channel.ts';
import { sendTest } from './channel-test.ts';
import { reportPathOf } from './delivery-report-routes.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { ChannelRecord } from './notification-store.ts';
import type { SecretKey } from './secret-key.ts';

export type ChannelRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Clock;
  reads: Pick<NotificationReads, 'channel' | 'channels'>;
  key: SecretKey;
  newId(): string;
  /** A key pair for browser push; a private key that is given gets its public one. */
  pushKeys(privateKey: string | undefined): { publicKey: string; privateKey: string } | undefined;
  openChannel(channel: Pick<ChannelRecord, 'id' | 'kind' | 'settings' | 'sealed'>): Channel | undefined;
};

const tags = ['channels'];

/** The channels by which people are notified, set up per organisation and inherited by those below it. */
export function channelRoutes(ports: ChannelRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, key } = ports;
  const { requires, userOf, scopeOf } = authorization;

  /** A channel of the user's part of the organisation; one above it serves it, and is not theirs to see. */
  async function channelOf(request: FastifyRequest, id: string): Promise<ChannelRecord> {
    const channel = await reads.channel(id);
    const scope = scopeOf(request);
    const isTheirs =
      channel?.organisationId === rootOrganisationId
        ? scope === 'all'
        : covers(scope, channel?.organisationId ?? null);
    if (!channel || !isTheirs) throw new Refusal(notFound());
    return channel;
  }

  const view = (channel: ChannelRecord): ChannelView => viewOf(channel, key);

  /** What is to be stored, or the fields that do not fit the kind. */
  function contents(kind: ChannelKind, settings: unknown, secrets: unknown) {
    const parsed = channelContents[kind].settings.safeParse(settings);
    const parsedSecrets = channelContents[kind].secrets.safeParse(secrets);
    const issues = [
      ...(parsed.error?.issues ?? []).map((issue) => ({ ...issue, under: 'settings' })),
      ...(parsedSecrets.error?.issues ?? []).map((issue) => ({ ...issue, under: 'secrets' })),
    ];
    if (!parsed.success || !parsedSecrets.success) throw wrongFields(issues);
    const plain = { ...parsed.data };
    const kept = definedOnly(parsedSecrets.data);
    if (kind === 'web-push' && 'subject' in plain) {
      const keys = ports.pushKeys(kept['privateKey']);
      if (!keys)
        throw wrongFields([{ under: 'secrets', path: ['privateKey'], message: 'is no key of P-256' }]);
      kept['privateKey'] = keys.privateKey;
      return { settings: { ...plain, publicKey: keys.publicKey }, secrets: kept };
    }
    return { settings: plain, secrets: kept };
  }

  return (app) => {
    app.get(
      '/channels',
      {
        preParsing: requires('channel.read'),
        schema: {
          tags,
          summary: 'Channels of your part of the organisation',
          response: { 200: z.object({ items: z.array(channelSchema) }), ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        return { items: (await reads.channels(scope === 'all' ? 'all' : [...scope])).map(view) };
      },
    );
    app.get(
      '/channels/:id',
      {
        preParsing: requires('channel.read'),
        schema: {
          tags,
          summary: 'One of them',
          params: idParams,
          response: { 200: channelSchema, ...problemResponses },
        },
      },
      async (request) => view(await channelOf(request, request.params.id)),
    );
    app.post(
      '/channels',
      {
        preParsing: requires('channel.write'),
        schema: {
          tags,
          summary: 'Set up a channel; its secrets are never served back',
          body: newChannelSchema,
          response: { 201: channelSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { organisationId, kind, name, isEnabled } = request.body;
        const { settings, secrets } = contents(kind, request.body.settings, request.body.secrets);
        const id = ports.newId();
        const sealed = key.seal(id, secrets);
        const channel = {
          id,
          organisationId,
          kind,
          name,
          isEnabled,
          settings,
          sealed,
          secretNames: Object.keys(secrets),
        };
        accepted(
          await commit('createChannel', { actorId: userOf(request).id, scope: scopeOf(request), channel }),
        );
        return reply.code(201).send(view(await channelOf(request, id)));
      },
    );
    app.patch(
      '/channels/:id',
      {
        preParsing: requires('channel.write'),
        schema: {
          tags,
          summary: 'Change a channel; one that was suspended is tried again at once',
          params: idParams,
          body: channelPatchSchema,
          response: { 200: channelSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        const before = await channelOf(request, id);
        const { version, name, isEnabled } = request.body;
        const change = {
          name,
          isEnabled,
          ...(changesContents(request.body) ? contentsAfter(before, request.body) : {}),
        };
        const call = { actorId: userOf(request).id, scope: scopeOf(request), id, version, change };
        await acceptedChange(await commit('updateChannel', call), async () =>
          view(await channelOf(request, id)),
        );
        return view(await channelOf(request, id));
      },
    );
    app.delete(
      '/channels/:id',
      {
        preParsing: requires('channel.write'),
        schema: {
          tags,
          summary: 'Remove a channel',
          params: idParams,
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        accepted(await commit('deleteChannel', { actorId: userOf(request).id, scope: scopeOf(request), id }));
        return reply.code(204).send(null);
      },
    );
    app.post(
      '/channels/:id/test',
      {
        preParsing: requires('channel.write'),
        schema: {
          tags,
          summary: 'Send a test message now, and answer with what the other end said',
          params: idParams,
          body: channelTestSchema.nullish(),
          response: { 200: channelTestResultSchema, ...problemResponses },
        },
      },
      async (request) => {
        const channel = await channelOf(request, request.params.id);
        const { address, locale } = channelTestSchema.parse(request.body ?? {});
        const test = { address, locale, testedBy: userOf(request).id, nowIso: instant(clock.now()) };
        return sendTest(ports, channel, test);
      },
    );
  };

  function contentsAfter(before: ChannelRecord, patch: z.infer<typeof channelPatchSchema>) {
    const kept: Record<string, string> = { ...key.unseal(before.id, before.sealed) };
    for (const [name, value] of Object.entries(patch.secrets ?? {})) {
      if (value === null) delete kept[name];
      else kept[name] = value;
    }
    const { settings, secrets } = contents(before.kind, patch.settings ?? before.settings, kept);
    return { settings, sealed: key.seal(before.id, secrets), secretNames: Object.keys(secrets) };
  }
}

function changesContents({ settings, secrets }: z.infer<typeof channelPatchSchema>): boolean {
  return settings !== undefined || secrets !== undefined;
}

function viewOf(channel: ChannelRecord, key: SecretKey): ChannelView {
  const { id, organisationId, kind, name, isEnabled, version, health } = channel;
  const hasReports = kind === 'sms' && 'report' in (channel.settings as object);
  return {
    id,
    organisationId,
    kind,
    name,
    settings: channel.settings as Record<string, unknown>,
    secrets: [...channel.secretNames],
    isEnabled,
    version,
    health: {
      failures: health.failures,
      suspendedAt: instantOrNull(health.suspendedAtMs),
      probeAt: instantOrNull(health.probeAtMs),
      lastReason: health.lastReason,
    },
    reportPath: hasReports ? reportPathOf(id, key) : null,
  };
}

function definedOnly(secrets: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function wrongFields(issues: { under: string; path: PropertyKey[]; message: string }[]): Refusal {
  const errors = issues.map(({ under, path, message }) => ({ field: [under, ...path].join('.'), message }));
  return refusal('invalid-request', `Correct ${errors.map(({ field }) => `"${field}"`).join(', ')}.`, errors);
}
