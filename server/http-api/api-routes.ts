import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Session } from '@carebell/contracts/http-api.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import { alarmRoutes } from '../alarm/alarm-routes.ts';
import type { AuditReads } from '../audit/audit-reads.ts';
import { auditRoutes } from '../audit/audit-routes.ts';
import type { MedicalViews } from '../audit/medical-views.ts';
import { caseFileRoutes } from '../audit/case-file-routes.ts';
import type { CaseLogReads } from '../audit/case-log.ts';
import { organisationRoutes } from '../care-station/organisation-routes.ts';
import type { BoardReads } from '../board/board-reads.ts';
import { levelRoutes } from '../board/level-routes.ts';
import type { CareBedReads } from '../care-bed/care-bed-reads.ts';
import type { MapReads } from '../place-map/map-reads.ts';
import type { SupervisionReads } from '../supervision/supervision-reads.ts';
import type { Clock } from '../clock.ts';
import { deviceRoutes } from '../device/device-routes.ts';
import type { ClaimReads } from '../device/claim-store.ts';
import type { CommissioningReads } from '../commissioning/commissioning-reads.ts';
import { commissioningRoutes } from '../commissioning/commissioning-routes.ts';
import type { CommissioningRoutePorts } from '../commissioning/commissioning-routes.ts';
import type { Directory } from '../device/directory.ts';
import { drillRoutes } from '../drill/drill-routes.ts';
import type { DetectionReads } from '../detection/detection-reads.ts';
import { nightRoutes } from '../detection/night-routes.ts';
import { ruleRoutes } from '../detection/rule-routes.ts';
import type { DrillReads } from '../drill/drill-reads.ts';
import { dutyRoutes } from '../duty/duty-routes.ts';
import type { DutyReads } from '../duty/duty-store.ts';
import type { HistoryPorts } from '../history/all-history-routes.ts';
import { allHistoryRoutes } from '../history/all-history-routes.ts';
import type { HistoryReads } from '../history/history-reads.ts';
import type { EscalationReads } from '../escalation/escalation-reads.ts';
import type { EvidenceReads } from '../evidence/evidence-reads.ts';
import { evidenceRoutes } from '../evidence/evidence-routes.ts';
import { handlingRoutes } from '../escalation/handling-routes.ts';
import { policyRoutes } from '../escalation/policy-routes.ts';
import { guidedRoutes } from '../handling/guided-routes.ts';
import type { HandlingReads } from '../handling/handling-reads.ts';
import { scriptRoutes } from '../handling/script-routes.ts';
import type { IdentityReads } from '../identity/identity-reads.ts';
import type { LogIn } from '../identity/log-in.ts';
import type { Passwords } from '../identity/passwords.ts';
import { secondFactorRoutes } from '../identity/second-factor-routes.ts';
import { sessionRoutes } from '../identity/session-routes.ts';
import type { Sessions } from '../identity/sessions.ts';
import { tokenRoutes } from '../identity/token-routes.ts';
import { userRoutes } from '../identity/user-routes.ts';
import type { Gate } from '../journal/gate.ts';
import { reportRoutes } from '../report/report-routes.ts';
import type { ReportRoutePorts } from '../report/report-routes.ts';
import type { MonthlyReads } from '../report/monthly-store.ts';
import type { ReportReads } from '../report/report-reads.ts';
import { storedReportRoutes } from '../report/stored-report-routes.ts';
import type { RequestReads } from '../service-request/request-reads.ts';
import { requestRoutes } from '../service-request/request-routes.ts';
import { serviceRoutes } from '../service-request/service-routes.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { AbsenceReads } from '../resident/absence-reads.ts';
import { absenceRoutes } from '../resident/absence-routes.ts';
import { reviewRoutes } from '../review/review-routes.ts';
import type { ReviewReads } from '../review/review-store.ts';
import { registryRoutes } from '../resident/registry-routes.ts';
import type { SearchReads } from '../search/search-reads.ts';
import { searchRoutes } from '../search/search-routes.ts';
import type { ExportReads } from '../transfer/export-reads.ts';
import { transferRoutes } from '../transfer/transfer-routes.ts';
import { unknownRoutes } from '../unknown-device/unknown-routes.ts';
import type { UnknownReads } from '../unknown-device/unknown-reads.ts';
import type { TestModeReads } from '../test-mode/test-mode-reads.ts';
import { testModeRoutes } from '../test-mode/test-mode-routes.ts';
import { virtualDeviceRoutes } from '../virtual-device/virtual-device-routes.ts';
import { allVisitRoutes } from '../visit/all-visit-routes.ts';
import type { VisitReads } from '../visit/visit-reads.ts';
import type { HttpLimits } from './app.ts';
import type { RouteGroup } from './app-types.ts';
import type { Authorization } from './authorization.ts';

export type ApiPorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Clock;
  reads: {
    absences: AbsenceReads;
    alarms: AlarmReads;
    audit: AuditReads;
    boards: BoardReads;
    careBeds: CareBedReads;
    map: MapReads;
    supervision: Pick<SupervisionReads, 'quiet'>;
    cases: CaseLogReads;
    claims: ClaimReads;
    detection: DetectionReads;
    drills: DrillReads;
    duty: DutyReads;
    reviews: ReviewReads;
    monthly: MonthlyReads;
    escalation: EscalationReads;
    evidence: EvidenceReads;
    identity: IdentityReads;
    registry: RegistryReads;
    requests: RequestReads;
    search: SearchReads;
    exports: ExportReads;
    handling: HandlingReads;
    history: HistoryReads;
    report: ReportReads;
    testModes: TestModeReads;
    commissionings: CommissioningReads;
    unknown: UnknownReads;
    visits: VisitReads;
  };
  directory: Directory;
  history: HistoryPorts;
  desk: AlarmDesk;
  views: MedicalViews;
  openAlarms: (organisationId: string) => AlarmView[];
  chain: CommissioningRoutePorts['chain'];
  sessions: Sessions;
  logIn: LogIn;
  passwords: Passwords;
  random(): number;
  newSecret(): string;
  newClaimCode(): string;
  newToken(): string;
  newPassword(): string;
  newTotpSecret(): string;
  newRecoveryCode(): string;
  hashSecret(secret: string): string;
  workbook: ReportRoutePorts['workbook'];
  hub: Session['hub'];
  mapTiles: string | null;
  limits: HttpLimits;
  troubled(event: string, error: unknown): void;
};

/** Everything under `/api/v1`, in the order in which the documentation shows it. */
export function apiRoutes(ports: ApiPorts): RouteGroup[] {
  const { authorization, commit, clock, reads, directory } = ports;
  return [
    sessionRoutes({
      ...ports,
      organisationName: (id) => directory.organisation(id)?.name ?? '',
      loginsPerMinute: ports.limits.loginsPerMinute,
    }),
    alarmRoutes({
      authorization,
      desk: ports.desk,
      reads: reads.alarms,
      registry: reads.registry,
      handling: reads.handling,
      views: ports.views,
      open: ports.openAlarms,
      stations: (scope) => (scope === 'all' ? 'all' : [...scope]),
    }),
    evidenceRoutes({ ...ports, ...ports.history, visible: ports.desk.visible }),
    caseFileRoutes({ ...ports, detail: reads, cases: reads.cases }),
    handlingRoutes(ports),
    guidedRoutes({ ...ports, reads, timeZone: ports.hub.timeZone }),
    scriptRoutes(ports),
    policyRoutes(ports),
    reviewRoutes(ports),
    requestRoutes({ ...ports, reads: reads.requests, timeZone: ports.hub.timeZone }),
    serviceRoutes(ports),
    dutyRoutes({ ...ports, timeZone: ports.hub.timeZone }),
    registryRoutes({
      authorization,
      commit,
      reads: reads.registry,
      views: ports.views,
      ownAlarm: (user, residentId) =>
        ports
          .openAlarms(user.organisationId)
          .find((alarm) => alarm.residentId === residentId && alarm.owner?.id === user.id)?.id ?? null,
    }),
    absenceRoutes(ports),
    ...allVisitRoutes({ ...ports, timeZone: ports.hub.timeZone }),
    ruleRoutes({ ...ports, timeZone: ports.hub.timeZone }),
    nightRoutes({ ...ports, ...ports.history, timeZone: ports.hub.timeZone }),
    deviceRoutes({ ...ports, reads: reads.registry, claims: reads.claims }),
    virtualDeviceRoutes(ports),
    unknownRoutes(ports),
    organisationRoutes({ authorization, commit, reads: reads.registry }),
    userRoutes({ ...ports, reads: reads.identity }),
    secondFactorRoutes({ ...ports, reads: reads.identity }),
    tokenRoutes({ ...ports, reads: reads.identity }),
    searchRoutes({ authorization, reads: reads.search }),
    transferRoutes({ ...ports, reads: reads.exports }),
    ...allHistoryRoutes({
      authorization,
      commit,
      clock,
      directory,
      reads,
      timeZone: ports.hub.timeZone,
      ...ports.history,
    }),
    testModeRoutes({ ...ports, reads: reads.testModes }),
    commissioningRoutes({ ...ports, reads: reads.commissionings }),
    drillRoutes({ authorization, commit, reads: reads.drills, random: ports.random }),
    storedReportRoutes({ ...ports, reads: reads.monthly }),
    reportRoutes({ ...ports, timeZone: ports.hub.timeZone }),
    ...levelRoutes({ ...ports, timeZone: ports.hub.timeZone }),
    auditRoutes({ authorization, reads: reads.audit, directory, clock }),
  ];
}
