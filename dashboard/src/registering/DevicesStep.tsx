import type { Device } from '@carebell/contracts/registry.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFieldWords } from '../registry-forms/field-words.ts';
import { SecretNotice } from '../registry-forms/SecretNotice.tsx';
import { ClaimPanel } from './ClaimPanel.tsx';
import { DeviceSteps } from './DeviceSteps.tsx';
import { withEntered } from './guide.ts';
import type { Guide } from './guide.ts';

type Props = { guide: Guide; go: (change: Partial<Guide>) => void; finish: () => void };
type Issued = { device: Device; secret: string | null };

/** One device after the other; after each its secret, if it needs one. */
export function DevicesStep({ guide, go, finish }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const [issued, setIssued] = useState<Issued>();
  const [isShown, setShown] = useState(false);
  if (issued !== undefined) {
    const { device, secret } = issued;
    return (
      <section className="register-step">
        <h2>✓ {t('registering.entered', { name: device.name === '' ? device.id : device.name })}</h2>
        {secret === null ? (
          <p className="dim">{t('devicePage.viaGateway')}</p>
        ) : (
          <>
            <p>{t('registering.needsSecret')}</p>
            <ClaimPanel id={device.id} />
            <Button size="large" onClick={() => setShown(true)}>
              {t('registering.showSecret')}
            </Button>
          </>
        )}
        <p>
          <Link className="action-link" to={`/labels?device=${encodeURIComponent(device.id)}`}>
            {t('labels.open')}
          </Link>
        </p>
        <div className="register-foot">
          <Button type="primary" size="large" block onClick={() => setIssued(undefined)}>
            {t('registering.nextDevice')}
          </Button>
        </div>
        {isShown && secret !== null && (
          <SecretNotice secret={{ id: device.id, secret }} onDone={() => setShown(false)} />
        )}
      </section>
    );
  }
  return (
    <>
      <DeviceSteps
        guide={guide}
        go={go}
        onEntered={(result) => {
          const { id, type, name, room } = result.device;
          go(withEntered(guide, { id, type, name, room, isDirect: result.secret !== null }));
          setIssued(result);
        }}
      />
      {guide.entered.length > 0 && (
        <section className="register-entered">
          <h2>{t('registering.enteredHere', { n: guide.entered.length })}</h2>
          <ul className="record-lines">
            {guide.entered.map(({ id, type, name, room }) => (
              <li key={id}>
                <Link to={`/devices/${encodeURIComponent(id)}`}>
                  {words.option('type', type)} {room} {name} <code>{id}</code>
                </Link>
              </li>
            ))}
          </ul>
          <div className="register-choices">
            <Link
              className="action-link"
              to={`/labels?dwelling=${encodeURIComponent(guide.dwellingId ?? '')}`}
            >
              {t('labels.open')}
            </Link>
            <Button size="large" onClick={finish}>
              {t('registering.finish')}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}
