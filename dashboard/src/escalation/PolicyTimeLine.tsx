import type { PreviewLine } from '@carebell/contracts/escalation-preview.ts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { durationText } from './duration-text.ts';

/** A shape for each, beside its words. */
const signs = {
  step: '●',
  repeat: '↻',
  'called-again': '○',
  deadline: '◆',
  'fall-confirmed': '▲',
  'still-lying': '▲',
  'acknowledgement-expires': '✕',
  reminder: '◔',
} as const;

/** "If nobody answers: at 0 s …, at 30 s …", from top to bottom; the longer the wait, the longer the way between. */
export function PolicyTimeLine({ title, lines }: { title: string; lines: readonly PreviewLine[] }) {
  const { t } = useTranslation();
  const moments = momentsOf(lines);
  return (
    <section className="policy-line" aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {moments.map(({ atMs, sinceMs, told }) => (
          <li key={atMs} style={{ marginBlockStart: `${wayRem(sinceMs)}rem` }} data-at={atMs}>
            <span className="policy-at">{t('policy.at', { time: durationText(t, atMs) })}</span>
            <ul>
              {told.map((line) => {
                const shape = line.line === 'step' && line.isRepeat ? 'repeat' : line.line;
                return (
                  <li key={lineText(t, line)} data-line={shape}>
                    <span className="policy-sign" aria-hidden="true">
                      {signs[shape]}
                    </span>
                    {lineText(t, line)}
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Moment = { atMs: number; sinceMs: number; told: PreviewLine[] };

/** What happens at the same time stands together. */
function momentsOf(lines: readonly PreviewLine[]): Moment[] {
  const moments: Moment[] = [];
  for (const line of lines) {
    const last = moments.at(-1);
    if (last?.atMs === line.atMs) last.told.push(line);
    else moments.push({ atMs: line.atMs, sinceMs: line.atMs - (last?.atMs ?? line.atMs), told: [line] });
  }
  return moments;
}

/** Seconds and days on one line: each doubling of the wait adds the same length. */
function wayRem(sinceMs: number): number {
  return sinceMs === 0 ? 0 : Math.min(2.4, 0.16 * Math.log2(1 + sinceMs / 1_000));
}

function lineText(t: TFunction, line: PreviewLine): string {
  switch (line.line) {
    case 'step': {
      const recipients = groupsText(t, line.recipients);
      const { number } = line;
      if (line.isRepeat) return t('policy.lineRepeat', { number, recipients });
      const mode = t(line.mode === 'in-order' ? 'policy.inOrder' : 'policy.allAtOnce');
      return t('policy.lineStep', { number, recipients, mode });
    }
    case 'called-again':
      return t('policy.lineCalledAgain', { recipients: groupsText(t, line.recipients), call: line.call });
    case 'deadline':
      return t('policy.lineDeadline', {
        deadline: t(`missedDeadline.${line.deadline}`),
        area: line.area === null ? '' : t(`policy.area-${line.area}`),
      });
    case 'fall-confirmed':
    case 'still-lying':
    case 'acknowledgement-expires':
    case 'reminder':
      return t(`policy.line-${line.line}`);
  }
}

export function groupsText(
  t: TFunction,
  groups: readonly (PreviewLine & { line: 'step' })['recipients'][number][],
): string {
  return groups.map((group) => t(`recipientGroup.${group}`)).join(t('policy.and'));
}
