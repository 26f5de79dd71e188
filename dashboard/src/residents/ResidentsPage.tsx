import type { Resident } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { spokenPhone } from '../app/phone.ts';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';

export function ResidentsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <RegistryList
      kind="residents"
      section="residents"
      title={t('section.residents')}
      empty={t('residentPage.empty')}
      searchHint={t('residentPage.search')}
      tools={
        may('resident.write') && (
          <Link className="quiet-link" to="/transfer">
            {t('transfer.open')}
          </Link>
        )
      }
      create={may('resident.write') ? { to: '/residents/new', label: t('residentPage.new') } : undefined}
      renderItem={(resident) => <ResidentLine resident={resident} />}
    />
  );
}

export function ResidentLine({ resident }: { resident: Resident }) {
  const { t } = useTranslation();
  const address = useReferenceName('dwellings', resident.dwellingId);
  return (
    <Link
      className="record-line"
      to={`/residents/${encodeURIComponent(resident.id)}`}
      data-testid={`resident-${resident.id}`}
    >
      <span className="line-main">
        <strong>{resident.name}</strong>
        {resident.birthYear !== null && (
          <span className="dim">{t('alarm.born', { year: resident.birthYear })}</span>
        )}
        {resident.riskGroups.length > 0 && (
          <span className="risks">
            {resident.riskGroups.map((group) => (
              <span key={group}>{t(`riskGroup.${group}`)}</span>
            ))}
          </span>
        )}
      </span>
      <span className="line-side">{address}</span>
      <span className="line-end">{resident.phone !== null && spokenPhone(resident.phone)}</span>
    </Link>
  );
}
