import { expireCommands, markCommandsSent } from '../device/command-works.ts';
import {
  receiveCommandResult,
  receiveEvent,
  receiveHealth,
  receiveMalformed,
  receivePresence,
  receiveReading,
  seeDevices,
} from '../ingest/receive.ts';
import {
  acknowledgeAlarm,
  closeAlarm,
  recordDisplayed,
  reopenAlarm,
  passDeadlines,
} from '../alarm/alarm-works.ts';
import { clearHubAlarm, raiseHubAlarm } from '../alarm/hub-alarm.ts';
import { closeRestored } from '../alarm/restored-works.ts';
import { careBedWorks } from '../care-bed/care-bed-works.ts';
import { commissioningWorks } from '../commissioning/commissioning-works.ts';
import { dispatchWorks } from '../dispatch/dispatch-works.ts';
import { drillWorks } from '../drill/drill-works.ts';
import { dutyWorks } from '../duty/duty-works.ts';
import { handlingWorks } from '../handling/handling-works.ts';
import { clockWorks } from '../hub-clock/clock-works.ts';
import { historyWorks } from '../history/history-works.ts';
import {
  countRefusals,
  forgetOldEvents,
  indexByDevice,
  proveStoreWorks,
  recordCaseExport,
  recordMedicalView,
} from '../audit/audit-works.ts';
import { detectionWorks } from '../detection/detection-works.ts';
import { escalationWorks } from '../escalation/escalation-works.ts';
import { identityWorks } from '../identity/identity-works.ts';
import { channelWorks } from '../notification/channel-works.ts';
import { notificationWorks } from '../notification/notification-works.ts';
import { firingWorks } from '../supervision/firing-works.ts';
import { chainWorks } from '../supervision/chain-works.ts';
import { maintenanceWorks } from '../supervision/maintenance-works.ts';
import { screensWorks } from '../supervision/screens-works.ts';
import { silenceWorks } from '../supervision/silence-works.ts';
import { absenceWorks } from '../resident/absence-works.ts';
import { outlineWorks } from '../place-map/outline-works.ts';
import { monthlyWorks } from '../report/monthly-works.ts';
import { reviewWorks } from '../review/review-works.ts';
import { jobWorks } from '../maintenance/maintenance-works.ts';
import { unknownWorks } from '../unknown-device/unknown-works.ts';
import { requestWorks } from '../service-request/request-works.ts';
import { registryWorks } from '../resident/registry-works.ts';
import { testModeWorks } from '../test-mode/test-mode-works.ts';
import { virtualDeviceWorks } from '../virtual-device/virtual-device-works.ts';
import { visitWorks } from '../visit/all-visit-works.ts';
import { logDamageWorks } from './log-damage-works.ts';
import type { Transaction } from './transaction.ts';

/** Everything that writes. Each runs whole or not at all, in the order in which it was handed to the gate. */
export const works = {
  receiveEvent,
  receiveReading,
  receiveMalformed,
  receiveCommandResult,
  receivePresence,
  receiveHealth,
  seeDevices,
  acknowledgeAlarm,
  closeAlarm,
  closeRestored,
  reopenAlarm,
  recordDisplayed,
  passDeadlines,
  raiseHubAlarm,
  clearHubAlarm,
  ...clockWorks,
  ...historyWorks,
  ...logDamageWorks,
  markCommandsSent,
  expireCommands,
  countRefusals,
  forgetOldEvents,
  indexByDevice,
  proveStoreWorks,
  recordCaseExport,
  recordMedicalView,
  ...notificationWorks,
  ...channelWorks,
  ...registryWorks,
  ...requestWorks,
  ...absenceWorks,
  ...firingWorks,
  ...silenceWorks,
  ...chainWorks,
  ...screensWorks,
  ...maintenanceWorks,
  ...unknownWorks,
  ...jobWorks,
  ...identityWorks,
  ...escalationWorks,
  ...detectionWorks,
  ...handlingWorks,
  ...dispatchWorks,
  ...drillWorks,
  ...dutyWorks,
  ...reviewWorks,
  ...monthlyWorks,
  ...careBedWorks,
  ...outlineWorks,
  ...testModeWorks,
  ...commissioningWorks,
  ...virtualDeviceWorks,
  ...visitWorks,
} satisfies Record<string, (tx: Transaction, input: never) => Promise<unknown>>;

export type WorkName = keyof typeof works;
export type WorkInput<N extends WorkName> = Parameters<(typeof works)[N]>[1];
export type WorkResult<N extends WorkName> = Awaited<ReturnType<(typeof works)[N]>>;
