import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { HistoryPort } from '../history/history-port.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { createDueBatteries } from '../supervision/due-batteries.ts';
import type { MaintenanceReads } from '../supervision/maintenance-reads.ts';
import { createJobMoments } from './job-moment.ts';
import type { JobReads } from './job-reads.ts';
import { jobRoutes } from './job-routes.ts';
import { watchJobs } from './job-watch.ts';

export type MaintenancePorts = {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Clock;
  directory: Pick<Directory, 'organisation' | 'lineage'>;
  reads: { jobs: JobReads; supervision: Pick<MaintenanceReads, 'lowestBatteries'> };
  history: Pick<HistoryPort, 'series'>;
  troubled(event: string, error: unknown): void;
};

/** The work list of who installs and looks after devices, and the watch that sees what of it is done. */
export function openMaintenance({ gate, clock, directory, reads, history, troubled }: MaintenancePorts) {
  const dueBatteries = createDueBatteries({ clock, reads: reads.supervision, history });
  const moments = createJobMoments({ clock, dueBatteries });
  const watch = watchJobs({ gate, clock, reads: reads.jobs, troubled });
  return {
    routes: (authorization: Authorization): RouteGroup =>
      jobRoutes({ authorization, commit: gate.commit, clock, reads: reads.jobs, moments, directory }),
    stop: watch.stop,
  };
}
