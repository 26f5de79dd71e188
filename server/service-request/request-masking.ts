import type { RequestTimelineEntry } from '@carebell/contracts/service-steps.ts';
import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { maskName, maskPhone } from '../identity/masking.ts';

/** Free words may name anybody; what the resident said is nobody's business who only counts. */
export function maskRequest<T extends ServiceRequest>(request: T): T {
  const { residentName, residentPhone, details, arranged, handOver, feedback } = request;
  return {
    ...request,
    residentName: residentName === null ? null : maskName(residentName),
    residentPhone: residentPhone === null ? null : maskPhone(residentPhone),
    details: Object.fromEntries(Object.keys(details).map((key) => [key, '***'])),
    note: maskWords(request.note),
    arranged: arranged && { ...arranged, note: maskWords(arranged.note) },
    handOver: handOver && { ...handOver, note: maskWords(handOver.note) },
    feedback: feedback && { ...feedback, note: maskWords(feedback.note) },
  };
}

export function maskRequestStep(entry: RequestTimelineEntry): RequestTimelineEntry {
  return 'note' in entry ? { ...entry, note: maskWords(entry.note) } : entry;
}

function maskWords(note: string): string {
  return note === '' ? '' : '***';
}
