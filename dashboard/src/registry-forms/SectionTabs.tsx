import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { isWithin, sections } from './sections.ts';
import type { Section } from './sections.ts';

export function SectionTabs({ section }: { section: Section }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { pathname } = useLocation();
  const shown = sections[section].filter(
    ({ action, name }) =>
      may(action) && !(section === 'devices' && name === 'dwellings' && may('resident.read')),
  );
  if (shown.length < 2) return null;
  return (
    <nav className="section-tabs" aria-label={t('section.label')}>
      {shown.map(({ path, name }) => (
        <Link key={path} to={path} aria-current={isWithin(pathname, path) ? 'page' : undefined}>
          {t(`section.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
