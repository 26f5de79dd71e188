import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import type { ReferenceOf } from './form-fields.ts';
import { nameOfRecord, useReferenceName } from './reference-names.ts';
import { useRegistryApi } from './registry-api.ts';

type Props = {
  id: string;
  of: ReferenceOf;
  value: string | undefined;
  isClearable: boolean;
  disabled: boolean;
  status?: 'error';
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
  onChange: (id: string | undefined) => void;
};

/** Finds a record by what it is called: the hub searches, so that a long registry costs nothing here. */
export function ReferenceInput({ of, value, isClearable, onChange, ...shared }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const registry = useRegistryApi();
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words);
  const isSearched = of === 'dwellings' || of === 'residents' || of === 'devices';
  const chosenName = useReferenceName(of, value);
  const { data, isFetching } = useQuery({
    queryKey: ['reference-choices', of, isSearched ? asked : ''],
    queryFn: () =>
      registry.list(of, {
        ...(isSearched ? { limit: '20', q: asked } : { limit: '500' }),
        ...(of === 'devices' && { isRegistered: 'true' }),
      }),
    placeholderData: (previous) => previous,
  });
  const mayChooseRoot = of === 'organisations' && session.user.organisationId === rootOrganisationId;
  const found = [
    ...(mayChooseRoot ? [{ value: rootOrganisationId, label: t('organisationPage.root') }] : []),
    ...(data?.items ?? []).map((item) => ({ value: item.id, label: choiceName(of, item) })),
  ];
  const isChosenListed = value === undefined || found.some((choice) => choice.value === value);
  return (
    <Select
      {...shared}
      showSearch={{ filterOption: isSearched ? false : containsWords, onSearch: setWords }}
      allowClear={isClearable}
      placeholder={t('form.choose')}
      loading={isFetching}
      notFoundContent={t('form.nothing')}
      value={value}
      onChange={(chosen: string | undefined) => onChange(chosen)}
      options={isChosenListed ? found : [{ value, label: chosenName }, ...found]}
    />
  );
}

/** Devices of many homes are called alike. */
function choiceName(of: ReferenceOf, record: Parameters<typeof nameOfRecord>[0]): string {
  const name = nameOfRecord(record);
  return of === 'devices' && name !== record.id ? `${name} · ${record.id}` : name;
}

function containsWords(words: string, choice?: { label?: unknown; value?: unknown }): boolean {
  return `${String(choice?.label)} ${String(choice?.value)}`.toLowerCase().includes(words.toLowerCase());
}
