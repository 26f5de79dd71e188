import { labelText } from '@carebell/contracts/labels.ts';
import type { Labelled } from '@carebell/contracts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { useFieldWords } from '../registry-forms/field-words.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { CodePicture } from './CodePicture.tsx';
import './labels.css';

type Line = Labelled & { title: string; detail: string };

/** Labels of a dwelling, its gateway and its devices, or of all devices of a gateway or single ones, to be printed. */
export function LabelsPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const dwellingId = address.get('dwelling') ?? undefined;
  const { lines, error, refetch, isWaiting } = useLines(address);
  return (
    <main className="list-page labels-page">
      <SectionTabs section="devices" />
      <header className="not-for-print">
        <h1>{t('labels.title')}</h1>
        <Button type="primary" size="large" disabled={lines.length === 0} onClick={() => print()}>
          {t('labels.print')}
        </Button>
      </header>
      <p className="dim not-for-print">{t('labels.text')}</p>
      <div className="field not-for-print labels-choice">
        <label htmlFor="labels-dwelling">{t('labels.dwelling')}</label>
        <ReferenceInput
          id="labels-dwelling"
          of="dwellings"
          value={dwellingId}
          isClearable={false}
          disabled={false}
          onChange={(id) => setAddress(id === undefined ? {} : { dwelling: id })}
        />
      </div>
      {error !== null && <ProblemNotice error={error} onRetry={refetch} />}
      {isWaiting && <PageLoading />}
      {!isWaiting && error === null && lines.length === 0 && (
        <p className="list-empty">{t(dwellingId === undefined ? 'labels.choose' : 'labels.none')}</p>
      )}
      <ul className="label-sheet">
        {lines.map((line) => (
          <LabelOf key={`${line.of} ${line.id}`} line={line} />
        ))}
      </ul>
    </main>
  );
}

/** Neither a name nor an address of a person stands on it: a label is read by whoever comes by. */
function LabelOf({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { origin } = useWorkplace();
  const text = labelText(origin, line);
  return (
    <li className="label" data-code={text}>
      <CodePicture text={text} label={t('labels.code', { id: line.id })} />
      <div>
        <strong>{line.title}</strong>
        {line.detail !== '' && <span>{line.detail}</span>}
        <code>{line.id}</code>
      </div>
    </li>
  );
}

function useLines(address: URLSearchParams) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const registry = useRegistryApi();
  const dwellingId = address.get('dwelling') ?? undefined;
  const deviceId = address.get('device') ?? undefined;
  const gatewayId = address.get('gateway') ?? undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['labels', dwellingId, deviceId, gatewayId],
    queryFn: async () => {
      const [devices, gateways] = await Promise.all([
        deviceId !== undefined
          ? registry.one('devices', deviceId).then((device) => [device])
          : dwellingId === undefined && gatewayId === undefined
            ? []
            : registry
                .list('devices', { dwellingId, gatewayId, isRegistered: 'true', limit: '200' })
                .then(({ items }) => items),
        gatewayId !== undefined
          ? registry.one('gateways', gatewayId).then((gateway) => [gateway])
          : dwellingId === undefined
            ? []
            : registry
                .list('gateways', { limit: '500' })
                .then(({ items }) => items.filter((gateway) => gateway.dwellingId === dwellingId)),
      ]);
      return { devices, gateways };
    },
  });
  const lines: Line[] = data
    ? [
        ...(dwellingId === undefined
          ? []
          : [{ of: 'dwelling' as const, id: dwellingId, title: t('labels.ofDwelling'), detail: '' }]),
        ...data.gateways.map(({ id, name }) => ({
          of: 'gateway' as const,
          id,
          title: t('labels.ofGateway'),
          detail: name,
        })),
        ...data.devices.map(({ id, type, room }) => ({
          of: 'device' as const,
          id,
          title: words.option('type', type),
          detail: room,
        })),
      ]
    : [];
  return { lines, error, isWaiting: data === undefined && error === null, refetch: () => void refetch() };
}
