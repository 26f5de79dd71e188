import type { Script } from '@carebell/contracts/handling.ts';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { OwnAndInherited } from '../escalation/OwnAndInherited.tsx';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { ScriptCard } from './ScriptCard.tsx';
import { ScriptEditor } from './ScriptEditor.tsx';
import { useScripts } from './script-query.ts';

const ownNames = ['smoke-gas', 'emergency', 'urgent', 'service', 'technical'] as const;

/** What operators do with alarms of each kind, at one organisation: its own scripts and those that it inherits. */
export function ScriptsPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch, replace } = useScripts(id);
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { scripts, inherited, version } = data;

  return (
    <OwnAndInherited<Script>
      organisationId={id}
      of="scripts"
      texts={{
        title: t('script.title'),
        rule: t('script.rule'),
        own: t('script.ownHere'),
        noneOwn: t('script.noneOwn'),
        removeText: t('script.removeText'),
      }}
      own={scripts}
      inherited={inherited.map((above) => ({ ...above, items: above.scripts }))}
      mayWrite={may('script.write')}
      put={(changed) => replace({ scripts: changed, version })}
      nameInWords={(script) => {
        const own = ownNames.find((one) => one === script.name);
        return own === undefined ? script : { ...script, name: t(`script.own.${own}`) };
      }}
      renderCard={({ key, item, ...more }) => <ScriptCard key={key} script={item} {...more} />}
      renderEditor={({ start, save, onCancel }) => (
        <ScriptEditor start={start} save={save} onCancel={onCancel} />
      )}
    />
  );
}
