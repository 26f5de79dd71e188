import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { RulesDesk } from './RulesDesk.tsx';

/** By what the hub notices without a press, at one organisation. */
export function RulesPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const name = useReferenceName('organisations', id);
  return (
    <main className="list-page">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('rule.title')}</small>
        </h1>
      </header>
      <RulesDesk key={id} of={{ scope: 'organisation', id }} />
    </main>
  );
}
