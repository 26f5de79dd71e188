import type { Resident } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { ListPage } from '../app/ListPage.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useWorkplace } from '../app/workplace.ts';

export function ResidentsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['residents'],
    queryFn: () => resultOrThrow(api.residents()),
  });
  const found = data?.items.filter((resident) => isMatch(resident, search.trim()));

  return (
    <ListPage
      title={t('residents.title')}
      hint={
        data !== undefined && data.cursor !== null ? t('residents.more', { n: data.items.length }) : undefined
      }
      tools={
        <Input.Search
          allowClear
          size="large"
          placeholder={t('residents.search')}
          aria-label={t('residents.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      }
      error={error}
      onRetry={() => void refetch()}
      count={found?.length}
      empty={search === '' ? t('residents.empty') : t('residents.noMatch')}
    >
      <ul className="cards">
        {found?.map((resident) => (
          <ResidentCard key={resident.id} resident={resident} />
        ))}
      </ul>
    </ListPage>
  );
}

function ResidentCard({ resident }: { resident: Resident }) {
  const { t } = useTranslation();
  return (
    <li className="card" data-testid={`resident-${resident.id}`}>
      <p className="card-title">
        <strong>{resident.name}</strong>
        {resident.birthYear !== null && (
          <span className="dim">{t('alarm.born', { year: resident.birthYear })}</span>
        )}
        {resident.phone !== null && <a href={phoneLink(resident.phone)}>{spokenPhone(resident.phone)}</a>}
      </p>
      {resident.riskGroups.length > 0 && (
        <p className="risks" aria-label={t('residents.risks')}>
          {resident.riskGroups.map((group) => (
            <span key={group}>{t(`riskGroup.${group}`)}</span>
          ))}
        </p>
      )}
      {resident.medicalNotes !== '' && <p>{resident.medicalNotes}</p>}
      <ol className="card-contacts" aria-label={t('residents.contacts')}>
        {resident.contacts.map((contact) => (
          <li key={`${contact.name} ${contact.phone}`}>
            {contact.name} <span className="dim">{contact.relation}</span> {contact.hasKey && '⚷'}{' '}
            <a href={phoneLink(contact.phone)}>{spokenPhone(contact.phone)}</a>
          </li>
        ))}
      </ol>
    </li>
  );
}

function isMatch(resident: Resident, search: string): boolean {
  if (search === '') return true;
  const contacts = resident.contacts.flatMap((contact) => [contact.name, contact.phone]);
  const haystack = [resident.name, resident.phone ?? '', resident.medicalNotes, ...contacts].join('\n');
  return haystack.toLowerCase().includes(search.toLowerCase());
}
