import { join } from 'node:path';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import type { AlarmBoard } from '../care-station/alarm-board.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Directory } from '../device/directory.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { IdentityReads } from '../identity/identity-reads.ts';
import type { Gate } from '../journal/gate.ts';
import { channelFor } from '../notification/channel-for.ts';
import { channelRoutes } from '../notification/channel-routes.ts';
import type { ChannelRoutePorts } from '../notification/channel-routes.ts';
import { composeMessage } from '../notification/compose-message.ts';
import { deliveryReportRoutes } from '../notification/delivery-report-routes.ts';
import { openDispatcher } from '../notification/dispatcher.ts';
import { ownAddressRoutes } from '../notification/own-address-routes.ts';
import { dispatchRoutes } from '../dispatch/dispatch-routes.ts';
import { notificationRoutes } from '../notification/notification-routes.ts';
import { userAddressRoutes } from '../notification/user-address-routes.ts';
import { makeLinkToken } from '../notification/responder-link.ts';
import { responderRoutes } from '../notification/responder-routes.ts';
import type { MonthlyReads } from '../report/monthly-store.ts';
import { openReportMail } from '../report/report-mail.ts';
import { composeRequest } from '../service-request/compose-request.ts';
import { serviceFor } from '../service-request/services-in-force.ts';
import { providerReportRoutes } from '../service-request/provider-report-routes.ts';
import { providerKey, providerRoutes } from '../service-request/provider-routes.ts';
import type { RequestReads } from '../service-request/request-reads.ts';
import { noticeOf } from '../identity/account-notice.ts';
import { composeAccountNotice } from '../identity/compose-account-notice.ts';
import { composeDigest, namedAtMost } from '../visit/compose-digest.ts';
import type { VisitReads } from '../visit/visit-reads.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { openChannel } from './channels/open-channel.ts';
import { newPushKeys, publicKeyOf } from './channels/web-push-encryption.ts';
import { openSecretKey } from './sealed-secrets.ts';
import { newRecordId } from './sqlite/record-id.ts';
import type { Reader } from './sqlite/sqlite-reader.ts';
import { createDispatchReads } from './store/dispatch-reads.ts';
import { createNotificationReads } from './store/notification-reads.ts';

export type NotificationDeskPorts = {
  config: Pick<Config, 'dataDir' | 'timeZone' | 'locale' | 'publicUrl' | 'tls' | 'http'>;
  gate: Gate;
  clock: Clock;
  db: Reader['db'];
  authorization: Authorization;
  troubled(event: string, error: unknown): void;
};

/** What of the hub notifications look at. */
export type NotificationSurroundings = {
  board: Pick<AlarmBoard, 'find'>;
  desk: Pick<AlarmDesk, 'visible' | 'carryOut'>;
  directory: Pick<Directory, 'lineage'>;
  reads: {
    alarms: Pick<AlarmReads, 'view'>;
    registry: Pick<RegistryReads, 'dwelling'>;
    requests: Pick<RequestReads, 'request' | 'timeline' | 'servicesAbove'>;
    visits: Pick<VisitReads, 'digestContents'>;
    identity: Pick<IdentityReads, 'user'>;
    monthly: Pick<MonthlyReads, 'dueMails'>;
  };
  refusals: { record(refusal: { reason: RefusalReason; subject: string }): void };
  /** Where the hub listens, for links if no public address is set. */
  addresses(): { http: number | null };
};

/** A link still opens the page this long after its notification has become pointless: 12 h. */
const linkOutlivesMs = 12 * 3_600_000;

/** A provider enters that it is done, days after it was asked for: 14 days. */
const providerLinkOutlivesMs = 14 * 24 * 3_600_000;

/** A phone asks three times a minute and at every press. */
const pagesPerMinute = 120;

/** Everything about notifications that the hub runs: the dispatcher, and the routes of those who set up and of those who answer. */
export function openNotificationDesk(ports: NotificationDeskPorts, hub: NotificationSurroundings) {
  const { config, gate, clock, authorization } = ports;
  const { board, desk } = hub;
  const recordRefusal = (refusal: { reason: RefusalReason; subject: string }): void =>
    hub.refusals.record(refusal);
  const findAlarm = async (id: string) => board.find(id) ?? (await hub.reads.alarms.view(id));
  const localUrl = (): string =>
    `${config.tls ? 'https' : 'http'}://${config.http.host}:${hub.addresses().http ?? config.http.port}`;
  const { commit } = gate;
  const key = openSecretKey(join(config.dataDir, 'secret.key'));
  const reads = createNotificationReads(ports.db);
  const open: ChannelRoutePorts['openChannel'] = ({ id, kind, settings, sealed }) => {
    const secrets = key.unseal(id, sealed);
    return secrets && openChannel(kind, { settings, secrets }, clock.now);
  };
  const dispatcher = openDispatcher({
    gate,
    clock,
    reads,
    findAlarm,
    openChannel: open,
    async composeWithoutAlarm({ notificationId, expiresAtMs, address, ...attempt }) {
      const order = { ...attempt, notificationId, address: address.address };
      const { timeZone, locale } = config;
      if (attempt.purpose === 'visits-overdue') {
        const digest = await hub.reads.visits.digestContents(attempt.alarmId, namedAtMost);
        const publicUrl = config.publicUrl ?? localUrl();
        return digest && composeDigest(order, digest, { publicUrl, timeZone, locale });
      }
      if (attempt.purpose === 'account-changed') {
        const notice = noticeOf(attempt.alarmId);
        return notice && composeAccountNotice(order, notice, { timeZone, locale });
      }
      const request = await hub.reads.requests.request(attempt.alarmId);
      if (!request) return undefined;
      const token = makeLinkToken(
        { notificationId, expiresAtMs: expiresAtMs + providerLinkOutlivesMs },
        providerKey(key),
      );
      const above = await hub.reads.requests.servicesAbove(request.stationId ?? '');
      const service = serviceFor(
        request.kind,
        above.map(({ services }) => services),
      );
      return composeRequest(order, request, service, {
        link: `${config.publicUrl ?? localUrl()}/p/${token}`,
        timeZone,
        locale,
      });
    },
    compose: (attempt, alarm) => {
      const { notificationId, expiresAtMs, address } = attempt;
      const token = makeLinkToken({ notificationId, expiresAtMs: expiresAtMs + linkOutlivesMs }, key);
      const link = `${config.publicUrl ?? localUrl()}/r/${token}`;
      return composeMessage({ ...attempt, address: address.address }, alarm, {
        link,
        timeZone: config.timeZone,
        locale: config.locale,
      });
    },
    troubled: ports.troubled,
  });
  const common = { key, commit, reads, recordRefusal };
  const apiRoutes: RouteGroup[] = [
    channelRoutes({
      authorization,
      commit,
      clock,
      reads,
      key,
      newId: newRecordId,
      pushKeys,
      openChannel: open,
    }),
    ownAddressRoutes({
      authorization,
      commit,
      clock,
      reads,
      lineage: hub.directory.lineage,
      newId: newRecordId,
      openChannel: open,
      locale: config.locale,
    }),
    userAddressRoutes({ authorization, commit, reads, findUser: hub.reads.identity.user }),
    notificationRoutes({ authorization, commit, reads, newId: newRecordId, visible: desk.visible }),
    providerReportRoutes({ ...common, clock, requests: hub.reads.requests }),
    dispatchRoutes({ authorization, commit, clock, desk, reads: createDispatchReads(ports.db) }),
  ];
  const rootRoutes: RouteGroup[] = [
    responderRoutes({
      ...common,
      clock,
      findAlarm,
      findDwelling: hub.reads.registry.dwelling,
      timeZone: config.timeZone,
      locale: config.locale,
      requestsPerMinute: pagesPerMinute,
    }),
    providerRoutes({
      ...common,
      clock,
      requests: hub.reads.requests,
      timeZone: config.timeZone,
      locale: config.locale,
      requestsPerMinute: pagesPerMinute,
    }),
    deliveryReportRoutes({ ...common, requestsPerMinute: 6_000 }),
  ];
  const reportMail = openReportMail({
    gate,
    clock,
    reads: hub.reads.monthly,
    async channelFor(organisationId, address) {
      const channel = await channelFor({ reads, lineage: hub.directory.lineage }, organisationId, address);
      return channel && open(channel);
    },
    publicUrl: () => config.publicUrl ?? localUrl(),
    locale: config.locale,
    troubled: ports.troubled,
  });
  return {
    apiRoutes,
    rootRoutes,
    reads,
    start: dispatcher.start,
    activity: dispatcher.activity,
    async stop() {
      reportMail.stop();
      await dispatcher.stop();
    },
  };
}

/** The key pair of a private key, or a new one; `undefined` if what was given is no key. */
export function pushKeys(privateKey: string | undefined) {
  if (privateKey === undefined) return newPushKeys();
  try {
    return { privateKey, publicKey: publicKeyOf(privateKey) };
  } catch {
    return undefined;
  }
}
