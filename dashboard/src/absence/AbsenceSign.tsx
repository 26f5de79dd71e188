import type { AbsenceKind, AbsenceMark } from '@carebell/contracts/absence.ts';
import type { ReactNode } from 'react';
import { useAbsenceText } from './use-absence-text.ts';
import './absence.css';

const signs: Record<AbsenceKind, ReactNode> = {
  away: <path d="M3 11 12 4l9 7M6 9v11h12V9M3 21 21 3" />,
  'in-hospital': <path d="M4 21V3h16v18ZM12 7v8M8 11h8" />,
  'on-holiday': <path d="M4 9h16v11H4ZM9 9V5h6v4M4 14h16" />,
  'carer-present': <path d="M8 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 12v-6a4 4 0 0 1 8 0v6M17 12v8m-4-4h8" />,
};

export function AbsenceSign({ kind }: { kind: AbsenceKind }) {
  return (
    <svg className="absence-sign" viewBox="0 0 24 24" aria-hidden="true">
      {signs[kind]}
    </svg>
  );
}

/** On everything about a resident who is entered as absent: it says where and since when, and excuses no alarm. */
export function AbsenceBadge({ absence }: { absence: AbsenceMark }) {
  const text = useAbsenceText();
  return (
    <span
      className="mark absence-mark"
      data-mark="absence"
      data-testid="absence-mark"
      data-kind={absence.kind}
    >
      <AbsenceSign kind={absence.kind} /> {text.sinceShort(absence)}
    </span>
  );
}
