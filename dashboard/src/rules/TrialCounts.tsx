import type { RuleTrial } from '@carebell/contracts/detection.ts';
import { useTranslation } from 'react-i18next';
import { ruleName } from './rule-text.ts';

/** How often each rule would have spoken, now and changed; the one that is being changed stands first. */
export function TrialCounts({ trial, ruleId }: { trial: RuleTrial; ruleId: string }) {
  const { t } = useTranslation();
  const kinds = new Map([...trial.findings, ...trial.lost].map(({ reason }) => [reason.ruleId, reason.rule]));
  const rows = trial.byRule.toSorted(
    (a, b) =>
      Number(b.ruleId === ruleId) - Number(a.ruleId === ruleId) ||
      b.found + b.foundNow - a.found - a.foundNow,
  );
  if (rows.length === 0) return null;
  return (
    <table className="plain-table trial-counts" data-testid="trial-counts">
      <thead>
        <tr>
          {(['rule', 'now', 'changed', 'difference'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`trial.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ruleId: id, found, foundNow }) => {
          const kind = kinds.get(id);
          return (
            <tr key={id} data-rule={id} data-here={id === ruleId}>
              <th scope="row">{kind === undefined ? id : ruleName(t, { kind })}</th>
              <td data-testid="found-now">{foundNow}</td>
              <td data-testid="found">{found}</td>
              <td>{signed(found - foundNow)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function signed(n: number): string {
  if (n === 0) return '0';
  return n > 0 ? `+${n}` : `−${-n}`;
}
