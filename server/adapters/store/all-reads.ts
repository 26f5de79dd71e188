import type { Kysely } from 'kysely';
import { createAbsenceReads } from './absence-reads.ts';
import { createAlarmReads } from './alarm-reads.ts';
import { createAuditReads } from './audit-reads.ts';
import { createBoardReads } from './board-reads.ts';
import { createCareBedReads } from './care-bed-reads.ts';
import { createClaimReads } from './claim-store.ts';
import { createCaseLogReads } from './case-log-reads.ts';
import { createCommissioningReads } from './commissioning-reads.ts';
import { createDetectionReads } from './detection-reads.ts';
import { createDrillReads } from './drill-reads.ts';
import { createDutyReads } from './duty-store.ts';
import { createEscalationReads } from './escalation-reads.ts';
import { createEvidenceReads } from './evidence-reads.ts';
import { createExportReads } from './export-reads.ts';
import { createHandlingReads } from './handling-reads.ts';
import { createHistoryReads } from './history-reads.ts';
import { createIdentityReads } from './identity-reads.ts';
import { createMapReads } from './map-reads.ts';
import { createMaintenanceReads } from './maintenance-reads.ts';
import { createRegistryReads } from './registry-reads.ts';
import { createReportReads } from './report-reads.ts';
import { createMonthlyReads } from './monthly-store.ts';
import { createRequestReads } from './request-reads.ts';
import { createReviewReads } from './review-store.ts';
import { createSearchReads } from './search-reads.ts';
import { createSupervisionReads } from './supervision-reads.ts';
import { createJobReads } from './job-reads.ts';
import { createUnknownReads } from './unknown-device-reads.ts';
import { createVisitReads } from './visit-reads.ts';
import type { Tables } from './tables.ts';
import { createTestModeReads } from './test-mode-reads.ts';

/** Everything that is read beside the transactions. */
export function createReads(db: Kysely<Tables>) {
  return {
    absences: createAbsenceReads(db),
    alarms: createAlarmReads(db),
    audit: createAuditReads(db),
    boards: createBoardReads(db),
    careBeds: createCareBedReads(db),
    cases: createCaseLogReads(db),
    claims: createClaimReads(db),
    identity: createIdentityReads(db),
    registry: createRegistryReads(db),
    report: createReportReads(db),
    search: createSearchReads(db),
    detection: createDetectionReads(db),
    drills: createDrillReads(db),
    duty: createDutyReads(db),
    reviews: createReviewReads(db),
    requests: createRequestReads(db),
    map: createMapReads(db),
    monthly: createMonthlyReads(db),
    escalation: createEscalationReads(db),
    evidence: createEvidenceReads(db),
    exports: createExportReads(db),
    handling: createHandlingReads(db),
    history: createHistoryReads(db),
    unknown: createUnknownReads(db),
    visits: createVisitReads(db),
    jobs: createJobReads(db),
    testModes: createTestModeReads(db),
    commissionings: createCommissioningReads(db),
    supervision: { ...createSupervisionReads(db), ...createMaintenanceReads(db) },
  };
}
