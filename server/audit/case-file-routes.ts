import { caseFileSchema } from '@carebell/contracts/case-file.ts';
import type { CaseFile } from '@carebell/contracts/case-file.ts';
import { z } from 'zod';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { alarmDetailOf } from '../alarm/alarm-detail.ts';
import type { AlarmDetailReads } from '../alarm/alarm-detail.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import type { Gate } from '../journal/gate.ts';
import { maskDetail, readsMasked } from '../identity/masking.ts';
import type { MedicalViews } from './medical-views.ts';
import { verifyCase } from './case-log.ts';
import type { CaseLogReads } from './case-log.ts';

export type CaseFilePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  desk: Pick<AlarmDesk, 'visible'>;
  detail: AlarmDetailReads;
  cases: Pick<CaseLogReads, 'caseLog'>;
  views: MedicalViews;
};

/** Everything on record about an alarm, with its chain checked at that moment. Who takes one is recorded. */
export function caseFileRoutes(ports: CaseFilePorts): RouteGroup {
  const { authorization, commit, clock, desk, detail, cases, views } = ports;
  const { requires, userOf } = authorization;
  return (app) => {
    app.get(
      '/alarms/:id/case-file',
      {
        preParsing: requires('case.export'),
        schema: {
          tags: ['alarms'],
          summary: 'The case file: everything on record, with the verified chain of its steps',
          params: z.object({ id: z.string().min(1).max(200) }),
          response: { 200: caseFileSchema, ...problemResponses },
        },
      },
      async (request): Promise<CaseFile> => {
        const user = userOf(request);
        const alarm = await desk.visible(user, request.params.id);
        const log = alarm?.isStored === true ? await cases.caseLog(alarm.id) : undefined;
        if (!alarm || !log)
          throw refusal('not-found', 'Correct the identifier; what you may not see is not found either.');
        const { residentId, stationId } = alarm;
        await commit('recordCaseExport', { actorId: user.id, alarmId: alarm.id, residentId, stationId });
        const isMasked = readsMasked(user.role);
        const whole = await alarmDetailOf(alarm, detail);
        const { timeline, script: _, ...record } = isMasked ? maskDetail(whole) : whole;
        if (!isMasked && residentId !== null)
          views.record({
            actorId: user.id,
            residentIds: [residentId],
            via: 'case-file',
            alarmId: alarm.id,
            stationId,
          });
        const lastSeq = log.steps.at(-1)?.seq ?? 0;
        return {
          ...record,
          // What happened while the file was put together is not in its chain.
          timeline: timeline.filter(({ seq }) => seq <= lastSeq),
          exportedAt: instant(clock.now()),
          exportedBy: { id: user.id, displayName: user.displayName },
          chain: verifyCase(log),
          log: log.steps.map((step) => (isMasked ? { ...step, body: null } : step)),
        };
      },
    );
  };
}
