import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BellMark } from '../app/BellMark.tsx';
import { loadConnect } from '../device-link/mqtt-client.ts';
import { mqttUrl } from '../device-link/open-link.ts';
import { codeIn, fetchSecret } from './fetch-secret.ts';
import type { TerminalAccount } from './terminal-account.ts';

type Props = { onReady: (account: TerminalAccount) => void };
type Complaint = 'bad-id' | 'secret-missing' | 'refused' | 'unreachable' | 'no-answer';

/** Filled in once by whoever puts the tablet up. */
export function TerminalSetup({ onReady }: Props) {
  const { t } = useTranslation();
  const given = new URLSearchParams(location.hash.slice(1));
  const [id, setId] = useState(given.get('id') ?? '');
  const [proof, setProof] = useState('');
  const [phone, setPhone] = useState(given.get('phone') ?? '');
  const [complaint, setComplaint] = useState<Complaint>();
  const [isAsking, setAsking] = useState(false);

  async function begin(event: SyntheticEvent) {
    event.preventDefault();
    const deviceId = deviceIdSchema.safeParse(id.trim());
    if (!deviceId.success) return setComplaint('bad-id');
    if (proof.trim() === '') return setComplaint('secret-missing');
    const account = { id: deviceId.data, phone: phone.trim() };
    const code = codeIn(proof);
    if (code === undefined) return onReady({ ...account, secret: proof.trim() });
    setAsking(true);
    const connect = await loadConnect();
    const fetched = await fetchSecret({ url: mqttUrl(location), deviceId: account.id, code }, connect);
    setAsking(false);
    if (fetched.ok) onReady({ ...account, secret: fetched.secret });
    else setComplaint(fetched.reason);
  }

  return (
    <main className="terminal-setup">
      <form onSubmit={(event) => void begin(event)} noValidate>
        <h1>
          <BellMark size={36} /> {t('terminal.setup.title')}
        </h1>
        <p>{t('terminal.setup.about')}</p>
        <label>
          <span>{t('terminal.setup.id')}</span>
          <input
            value={id}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            data-testid="terminal-id"
            onChange={({ target }) => setId(target.value)}
          />
        </label>
        <label>
          <span>{t('terminal.setup.proof')}</span>
          <input
            value={proof}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            data-testid="terminal-proof"
            onChange={({ target }) => setProof(target.value)}
          />
        </label>
        <label>
          <span>{t('terminal.setup.phone')}</span>
          <input
            value={phone}
            type="tel"
            data-testid="terminal-station-phone"
            onChange={({ target }) => setPhone(target.value)}
          />
        </label>
        {complaint !== undefined && (
          <p className="terminal-complaint" role="alert">
            {t(`terminal.setup.complaint.${complaint}`)}
          </p>
        )}
        <button type="submit" disabled={isAsking} data-testid="terminal-begin">
          {isAsking ? t('terminal.setup.asking') : t('terminal.setup.begin')}
        </button>
        <p className="terminal-note">{t('terminal.setup.note')}</p>
      </form>
    </main>
  );
}
