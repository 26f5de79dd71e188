import type { AlarmReads } from '../alarm/alarm-reads.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { derivedRoutes } from './derived-routes.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { exportRoutes } from './export-routes.ts';
import type { HistoryPort } from './history-port.ts';
import type { HistoryReads } from './history-reads.ts';
import { historyRoutes } from './history-routes.ts';
import type { HistoryRoutePorts } from './history-routes.ts';
import { createHistorySubject } from './history-subject.ts';
import { responseRoutes } from './response-routes.ts';

/** What only the history's own routes need. */
export type HistoryPorts = {
  history: Pick<HistoryPort, 'read' | 'series'>;
} & Pick<HistoryRoutePorts, 'status' | 'setting'>;

export function allHistoryRoutes(
  ports: HistoryPorts & {
    authorization: Authorization;
    commit: Gate['commit'];
    clock: Clock;
    directory: Directory;
    timeZone: string;
    reads: { registry: RegistryReads; history: HistoryReads; alarms: AlarmReads };
  },
): RouteGroup[] {
  const { reads, ...others } = ports;
  const subject = createHistorySubject({ registry: reads.registry, directory: ports.directory });
  const own = { ...others, subject, reads: reads.history };
  const { alarms } = reads;
  return [
    historyRoutes(own),
    derivedRoutes(own),
    responseRoutes(own),
    exportRoutes(own),
    erasureRoutes({ ...own, alarms }),
  ];
}
