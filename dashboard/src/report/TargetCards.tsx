import { answerTargets } from '@carebell/contracts/report.ts';
import type { CaseNumbers, Portion } from '@carebell/contracts/report.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from './Definition.tsx';
import type { DefinedNumber } from './Definition.tsx';
import { isBelow, percent } from './percent.ts';

/** The numbers that the centre is measured by, against their targets: by word and sign, not by colour alone. */
export function TargetCards({ numbers }: { numbers: CaseNumbers }) {
  const { t } = useTranslation();
  const { within60s, within180s } = answerTargets;
  return (
    <div className="target-cards">
      <Against name="within60s" portion={numbers.within60s} target={within60s.share} />
      <Against name="within180s" portion={numbers.within180s} target={within180s.share} />
      <Card name="onSite" value={percent(numbers.onSite.share)}>
        {t('numbers.metOf', numbers.onSite)}
      </Card>
      <Card name="cases" value={String(numbers.cases)}>
        {t('numbers.openOf', { n: numbers.open })} <Definition of="open" />
      </Card>
      <Card name="falseAlarms" value={String(numbers.falseAlarms)}>
        {percent(numbers.cases === 0 ? null : numbers.falseAlarms / numbers.cases)}
      </Card>
      <Card
        name="satisfaction"
        value={numbers.satisfaction.mean === null ? '—' : numbers.satisfaction.mean.toFixed(1)}
      >
        {t('numbers.askedOf', numbers.satisfaction.asked)}
      </Card>
      <Card name="tests" value={String(numbers.tests)}>
        {t('numbers.leftOut')}
      </Card>
    </div>
  );
}

function Against({
  name,
  portion,
  target,
}: {
  name: 'within60s' | 'within180s';
  portion: Portion;
  target: number;
}) {
  const { t } = useTranslation();
  const isMissed = isBelow(portion.share, target);
  return (
    <Card name={name} value={percent(portion.share)} isMissed={isMissed}>
      {t('numbers.metOf', portion)}
      <strong className="target">
        {portion.share !== null && (
          <span>{isMissed ? `✗ ${t('numbers.below')}` : `✓ ${t('numbers.reached')}`}</span>
        )}
        <span className="target-aim">{t('numbers.target', { share: percent(target) })}</span>
      </strong>
    </Card>
  );
}

type Props = { name: DefinedNumber; value: string; isMissed?: boolean; children: ReactNode };

/** One number with its name, its definition and a line below it. */
export function Card({ name, value, isMissed = false, children }: Props) {
  const { t } = useTranslation();
  return (
    <section className="target-card" data-missed={isMissed} data-testid={`number-${name}`}>
      <h2>
        {t(`numbers.name.${name}`)} <Definition of={name} />
      </h2>
      <p className="target-value">{value}</p>
      <div className="target-foot">{children}</div>
    </section>
  );
}
