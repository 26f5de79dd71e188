import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

type Props = { previous: string | undefined; next: string | undefined; place: number; all: number };

/** From one open alarm to the next without the way back over the wall. */
export function CaseNeighbours({ previous, next, place, all }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="case-neighbours not-for-print">
      <Neighbour id={previous} label={t('casePage.previousOpen')} sign="[" />
      <span>{place > 0 ? t('wall.position', { at: place, all }) : `— / ${all}`}</span>
      <Neighbour id={next} label={t('casePage.nextOpen')} sign="]" />
    </nav>
  );
}

function Neighbour({ id, label, sign }: { id: string | undefined; label: string; sign: string }) {
  if (id === undefined) return <kbd aria-hidden="true">{sign}</kbd>;
  return (
    <Link to={`/alarms/${id}`} aria-label={label} title={label} data-testid={`neighbour-${sign}`}>
      <kbd>{sign}</kbd>
    </Link>
  );
}
