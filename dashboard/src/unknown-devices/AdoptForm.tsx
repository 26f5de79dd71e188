import { deviceTypes } from '@carebell/contracts/registry.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { adoptedSchema } from '@carebell/contracts/unknown-devices.ts';
import type { Adopted, Adoption, UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { KeyRoles } from './KeyRoles.tsx';
import { likelyType, signalsFrom } from './key-roles.ts';
import { useUnknownRefresh } from './unknown-query.ts';
import '../hand-over/hand-over.css';

type Props = { unknown: UnknownDevice; onAdopted: (adopted: Adopted) => void };

const longestName = 120;
const longestRoom = 60;

/** What it is, where, whose, and what its keys mean. */
export function AdoptForm({ unknown, onAdopted }: Props) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const problemText = useProblemText();
  const refresh = useUnknownRefresh();
  const [type, setType] = useState<DeviceType>(() => likelyType(unknown.said));
  const [dwellingId, setDwellingId] = useState<string>();
  const [residentId, setResidentId] = useState('');
  const [room, setRoom] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);

  async function adopt(): Promise<void> {
    const { gatewayId, code } = unknown;
    const body: Adoption = {
      gatewayId,
      code,
      type,
      name: name.trim(),
      room: room.trim(),
      dwellingId: dwellingId ?? null,
      signals: signalsFrom(roles),
      ...(residentId === '' ? {} : { residentId }),
    };
    setIsSending(true);
    const answer = await api.call('POST', '/unknown-devices/adoption', adoptedSchema, body);
    setIsSending(false);
    if (!answer.ok) {
      const fields = answer.problem.errors?.map(({ message }) => message).join(' ') ?? '';
      setProblem(`${problemText(answer.problem)} ${fields}`.trim());
      return;
    }
    onAdopted(answer.result);
    await refresh();
  }

  return (
    <form
      className="adopt-form"
      data-testid="adopt-form"
      onSubmit={(event) => {
        event.preventDefault();
        void adopt();
      }}
    >
      <label className="unknown-field">
        {t('unknown.type')}
        <select
          className="plain-input"
          value={type}
          onChange={(event) => setType(deviceTypes.find((one) => one === event.target.value) ?? 'button')}
        >
          {deviceTypes.map((one) => (
            <option key={one} value={one}>
              {t(`deviceType.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="unknown-field">
        <label htmlFor="adopt-dwelling">{t('unknown.dwelling')}</label>
        <ReferenceInput
          id="adopt-dwelling"
          of="dwellings"
          value={dwellingId}
          isClearable
          disabled={isSending}
          onChange={(id) => {
            setDwellingId(id);
            setResidentId('');
          }}
        />
      </div>
      {dwellingId !== undefined && may('resident.read') && (
        <ResidentChoice dwellingId={dwellingId} value={residentId} onChange={setResidentId} />
      )}
      {dwellingId !== undefined && !may('resident.read') && (
        <p className="dim">{t('unknown.residentByHub')}</p>
      )}
      <label className="unknown-field">
        {t('unknown.room')}
        <input
          className="plain-input"
          maxLength={longestRoom}
          value={room}
          onChange={(event) => setRoom(event.target.value)}
        />
      </label>
      <label className="unknown-field">
        {t('unknown.name')}
        <input
          className="plain-input"
          maxLength={longestName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <KeyRoles
        type={type}
        said={unknown.said}
        chosen={roles}
        onChoose={(signal, choice) => setRoles((before) => new Map(before).set(signal, choice))}
      />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={isSending}>
        {t('unknown.adopt')}
      </Button>
    </form>
  );
}

/** Of who lives there; with one resident it is theirs without a choice. */
function ResidentChoice(props: { dwellingId: string; value: string; onChange: (id: string) => void }) {
  const { dwellingId, value, onChange } = props;
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const { data } = useQuery({
    queryKey: ['residents', 'list', 'at', dwellingId],
    queryFn: () => registry.list('residents', { dwellingId, limit: '20' }),
  });
  const [only, another] = data?.items ?? [];
  return (
    <label className="unknown-field">
      {t('unknown.resident')}
      <select className="plain-input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">
          {only !== undefined && another === undefined ? only.name : t('unknown.noResident')}
        </option>
        {another !== undefined &&
          data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}
