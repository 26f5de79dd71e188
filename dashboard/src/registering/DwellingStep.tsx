import { labelledIn } from '@carebell/contracts/labels.ts';
import { newDwellingSchema } from '@carebell/contracts/registry.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HubProblem } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { ScanDialog } from '../labels/ScanDialog.tsx';
import { useSession } from '../log-in/session.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import { RecordForm } from '../registry-forms/RecordForm.tsx';
import { useRefresh } from '../registry-forms/record-query.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import type { Guide } from './guide.ts';

const fields = fieldsOf(newDwellingSchema, ['address', 'stationId', 'grid', 'area', 'access']);

/** Which dwelling it is: found, read from its label, or entered. */
export function DwellingStep({ guide, go }: { guide: Guide; go: (change: Partial<Guide>) => void }) {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const registry = useRegistryApi();
  const refresh = useRefresh();
  const problemText = useProblemText();
  const [way, setWay] = useState<'find' | 'enter'>('find');
  const [isScanning, setScanning] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function choose(id: string): Promise<void> {
    setProblem(undefined);
    const dwelling = await registry.one('dwellings', id).catch((error: unknown) => {
      setProblem(error instanceof HubProblem ? problemText(error.problem) : String(error));
      return undefined;
    });
    if (dwelling === undefined) return;
    const isSame = guide.dwellingId === dwelling.id;
    go({
      step: 'gateway',
      dwellingId: dwelling.id,
      stationId: dwelling.stationId,
      ...(isSame ? {} : { gatewayId: null, draft: {}, deviceStep: 0, entered: [] }),
    });
  }

  if (way === 'enter') {
    return (
      <section>
        <h2>{t('registering.newDwelling')}</h2>
        <RecordForm
          fields={fields}
          schema={newDwellingSchema}
          record={undefined}
          initial={{ stationId: guide.stationId ?? session.user.organisationId, area: 'centre' }}
          hints={{ access: t('fieldHint.access') }}
          send={(body) => registry.enter('dwellings', body)}
          onDone={(dwelling) => {
            refresh('dwellings');
            void choose(dwelling.id);
          }}
        />
        <Button type="link" onClick={() => setWay('find')}>
          {t('registering.findInstead')}
        </Button>
      </section>
    );
  }
  return (
    <section className="register-step">
      <h2>{t('registering.whichDwelling')}</h2>
      <div className="field">
        <label htmlFor="guide-dwelling">{t('field.dwellingId')}</label>
        <ReferenceInput
          id="guide-dwelling"
          of="dwellings"
          value={guide.dwellingId ?? undefined}
          isClearable={false}
          disabled={false}
          onChange={(id) => id !== undefined && void choose(id)}
        />
      </div>
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="register-choices">
        <Button size="large" onClick={() => setScanning(true)}>
          {t('scan.open')}
        </Button>
        {may('dwelling.write') && (
          <Button size="large" onClick={() => setWay('enter')}>
            {t('registering.newDwelling')}
          </Button>
        )}
      </div>
      {guide.dwellingId !== null && (
        <div className="register-foot">
          <Button type="primary" size="large" block onClick={() => go({ step: 'gateway' })}>
            {t('registering.next')}
          </Button>
        </div>
      )}
      {isScanning && (
        <ScanDialog
          title={t('registering.scanDwelling')}
          onClose={() => setScanning(false)}
          onCode={(text) => {
            const labelled = labelledIn(text);
            if (labelled?.of !== 'dwelling') return false;
            setScanning(false);
            void choose(labelled.id);
            return true;
          }}
        />
      )}
    </section>
  );
}
