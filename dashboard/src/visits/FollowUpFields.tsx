import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';

export type FollowUpDraft = { isWanted: boolean; text: string; dueDay: string; ownerId: string | null };

const weekMs = 7 * 86_400_000;

export function noFollowUp(now: string): FollowUpDraft {
  const dueDay = new Date(Date.parse(now) + weekMs).toISOString().slice(0, 10);
  return { isWanted: false, text: '', dueDay, ownerId: null };
}

/** What somebody must see to after the visit, by when and by whom. */
export function FollowUpFields({
  draft,
  onChange,
}: {
  draft: FollowUpDraft;
  onChange: (draft: FollowUpDraft) => void;
}) {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <div className="visit-follow-up-fields">
      <label className="visit-switch">
        <input
          type="checkbox"
          checked={draft.isWanted}
          data-testid="wants-follow-up"
          onChange={(event) => onChange({ ...draft, isWanted: event.target.checked })}
        />
        <span>{t('visit.needsFollowUp')}</span>
      </label>
      {draft.isWanted && (
        <>
          <label>
            <span>{t('visit.followUpText')}</span>
            <Input
              size="large"
              maxLength={500}
              value={draft.text}
              data-testid="follow-up-text"
              onChange={(event) => onChange({ ...draft, text: event.target.value })}
            />
          </label>
          <label>
            <span>{t('visit.followUpDue')}</span>
            <input
              type="date"
              required
              className="plain-input"
              value={draft.dueDay}
              onChange={(event) => onChange({ ...draft, dueDay: event.target.value })}
            />
          </label>
          <label>
            <span>{t('visit.followUpOwner')}</span>
            <select
              className="plain-input"
              value={draft.ownerId ?? ''}
              onChange={(event) =>
                onChange({ ...draft, ownerId: event.target.value === '' ? null : event.target.value })
              }
            >
              <option value="">{t('visit.anybody')}</option>
              <option value={session.user.id}>{t('visit.me')}</option>
            </select>
          </label>
        </>
      )}
    </div>
  );
}
