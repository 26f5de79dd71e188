import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';

type Props = {
  title: string;
  onSkip: (body: { reason: string; owner: string; dueAt: string }) => Promise<void>;
  onCancel: () => void;
};

const weekMs = 7 * 86_400_000;

/** Why it cannot be done, who does it, and until when. */
export function SkipForm({ title, onSkip, onCancel }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState(session.user.displayName);
  const [due, setDue] = useState(() => new Date(Date.now() + weekMs).toISOString().slice(0, 10));
  const isComplete = reason.trim() !== '' && owner.trim() !== '' && due !== '';
  return (
    <form
      className="big-fields"
      aria-label={title}
      data-testid="skip-form"
      onSubmit={(event) => {
        event.preventDefault();
        // To the end of that day, wherever whoever installs stands.
        if (isComplete) void onSkip({ reason, owner, dueAt: new Date(`${due}T23:59:59`).toISOString() });
      }}
    >
      <p className="dim">{t('commissioning.skipText')}</p>
      <label>
        <span>{t('commissioning.why')}</span>
        <input
          className="plain-input"
          data-testid="skip-reason"
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <label>
        <span>{t('commissioning.owner')}</span>
        <input
          className="plain-input"
          maxLength={120}
          value={owner}
          onChange={(event) => setOwner(event.target.value)}
        />
      </label>
      <label>
        <span>{t('commissioning.due')}</span>
        <input
          type="date"
          className="plain-input"
          value={due}
          onChange={(event) => setDue(event.target.value)}
        />
      </label>
      <div className="big-buttons">
        <button
          type="submit"
          className="big-button"
          data-main="true"
          disabled={!isComplete}
          data-testid="skip-submit"
        >
          {t('commissioning.later')}
        </button>
        <button type="button" className="big-button" onClick={onCancel}>
          {t('commissioning.cancel')}
        </button>
      </div>
    </form>
  );
}
