import { reportSchema } from '@carebell/contracts/report.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** The last 24 hours are looked at as they go on; a month changes slowly. */
const refreshLiveMs = 10_000;
const refreshMonthMs = 120_000;

/** What is asked for stands in the address, so that a link and a reload keep it. */
export type ReportChoice = { month: string; organisationId: string; priority: string };

export function useReportChoice(): [ReportChoice, (changed: Partial<ReportChoice>) => void] {
  const [address, setAddress] = useSearchParams();
  const choice = {
    month: address.get('month') ?? '',
    organisationId: address.get('organisationId') ?? '',
    priority: address.get('priority') ?? '',
  };
  return [choice, (changed) => setAddress(filled({ ...choice, ...changed }), { replace: true })];
}

export function filled(choice: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== ''));
}

export function useReport(choice: ReportChoice): {
  report: Report | undefined;
  error: Error | null;
  retry: () => void;
} {
  const { api } = useWorkplace();
  const asked = new URLSearchParams(filled(choice)).toString();
  const { data, error, refetch } = useQuery({
    queryKey: ['report', asked],
    queryFn: () => resultOrThrow(api.call('GET', `/report?${asked}`, reportSchema)),
    refetchInterval: choice.month === '' ? refreshLiveMs : refreshMonthMs,
    placeholderData: keepPreviousData,
  });
  return { report: data, error, retry: () => void refetch() };
}

/** This month and the eleven before, by the hub's clock. */
export function monthsBefore(now: number, timeZone: string): string[] {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' });
  const [year = 0, month = 1] = parts.format(now).split('-').map(Number);
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  );
}
