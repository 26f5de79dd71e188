import type { Dwelling } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';

export function DwellingsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <RegistryList
      kind="dwellings"
      section={may('resident.read') ? 'residents' : 'devices'}
      title={t('section.dwellings')}
      empty={t('dwellingPage.empty')}
      searchHint={t('dwellingPage.search')}
      create={may('dwelling.write') ? { to: '/dwellings/new', label: t('dwellingPage.new') } : undefined}
      renderItem={(dwelling) => <DwellingLine dwelling={dwelling} />}
    />
  );
}

function DwellingLine({ dwelling }: { dwelling: Dwelling }) {
  const { t } = useTranslation();
  const station = useReferenceName('stations', dwelling.stationId);
  return (
    <Link className="record-line" to={`/dwellings/${encodeURIComponent(dwelling.id)}`}>
      <span className="line-main">
        <strong>{dwelling.address}</strong>
      </span>
      <span className="line-end">
        {dwelling.area === 'remote' && <span className="dim">{t(`dwellingArea.${dwelling.area}`)}</span>}
        {dwelling.grid !== null && <span className="dim">{dwelling.grid}</span>}
        <span>{station}</span>
      </span>
    </Link>
  );
}
