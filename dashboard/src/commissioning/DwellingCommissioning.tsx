import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { TestModeSwitch } from '../test-mode/TestModeSwitch.tsx';
import { LineCard } from './CommissioningsPage.tsx';
import { useCommissionings, useCommissioningPoints, useCommissioningSteps } from './commissioning-query.ts';
import { PointLines } from './PointLines.tsx';
import { RetestMark } from './RetestMark.tsx';
import '../test-mode/test-mode.css';
import './commissioning.css';

/** On the page of a dwelling: begin to commission it or go on, what was, and test mode. */
export function DwellingCommissioning({ dwellingId }: { dwellingId: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const { begin } = useCommissioningSteps();
  const { data } = useCommissionings({ dwellingId, limit: '20' });
  const points = useCommissioningPoints({ dwellingId, limit: '100' }).data?.items ?? [];
  const open = data?.items.find(({ state }) => state === 'open');
  async function go(): Promise<void> {
    const begun = await begin(dwellingId);
    if (begun) void navigate(`/commissionings/${begun.id}`);
  }
  return (
    <div className="commissioning">
      <RetestMark about={{ dwellingId }} />
      {may('device.write') && (
        <div className="big-buttons">
          <button
            type="button"
            className="big-button"
            data-main="true"
            data-testid="commission"
            disabled={data === undefined}
            onClick={() => void go()}
          >
            {t(open ? 'commissioning.goOn' : 'commissioning.begin')}
          </button>
        </div>
      )}
      <ul className="check-cards">
        {data?.items.map((line) => (
          <LineCard key={line.id} line={line} />
        ))}
      </ul>
      {points.length > 0 && (
        <>
          <h2>{t('commissioning.points')}</h2>
          <PointLines points={points} mayFinish />
        </>
      )}
      <TestModeSwitch of="dwelling" id={dwellingId} />
    </div>
  );
}
