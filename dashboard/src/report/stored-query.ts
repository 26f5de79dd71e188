import { reportSchema, storedReportSchema } from '@carebell/contracts/report.ts';
import type { Report, StoredReport } from '@carebell/contracts/report.ts';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

const listSchema = z.object({ items: z.array(storedReportSchema) });

/** The months of which the hub has stored the report of this organisation, the latest first. */
export function useStoredReports(organisationId: string): readonly StoredReport[] {
  const { api } = useWorkplace();
  const { data } = useQuery({
    queryKey: ['stored-reports', organisationId],
    queryFn: () =>
      resultOrThrow(
        api.call<{ items: StoredReport[] }>(
          'GET',
          `/reports?organisationId=${encodeURIComponent(organisationId)}`,
          listSchema,
        ),
      ),
  });
  return data?.items ?? [];
}

/** One of them as it was made. It never changes, so it is asked for once. */
export function useStoredReport(stored: StoredReport | undefined): Report | undefined {
  const { api } = useWorkplace();
  const { data } = useQuery({
    queryKey: ['stored-report', stored?.month, stored?.organisationId],
    enabled: stored !== undefined,
    staleTime: Infinity,
    queryFn: () =>
      resultOrThrow(api.call<Report>('GET', stored === undefined ? '' : storedPath(stored), reportSchema)),
  });
  return data;
}

export function storedPath({ month, organisationId }: StoredReport): string {
  return `/reports/${month}/${encodeURIComponent(organisationId)}`;
}
