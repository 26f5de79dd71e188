import { isRestored } from '@carebell/contracts/restored.ts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useSession } from '../log-in/session.ts';

const RestoredDialog = lazy(async () => {
  const [{ addRegistryTexts }, { RestoredDialog: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./RestoredDialog.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

type Props = {
  alarms: ReadonlyMap<string, ShownAlarm>;
  isOpen: boolean;
  onOpen: () => void;
  onDone: () => void;
};

/** How much equipment is well again, and the way to close all of that at once. */
export function RestoredLink({ alarms, isOpen, onOpen, onDone }: Props) {
  const { t } = useTranslation();
  const restored = useRestored(alarms);
  if (restored.length === 0 && !isOpen) return null;
  return (
    <>
      <button type="button" className="restored-link" data-testid="restored-link" onClick={onOpen}>
        ✓ {t('cleared.link', { n: restored.length })} <kbd>R</kbd>
      </button>
      {isOpen && (
        <Suspense>
          <RestoredDialog restored={restored} onDone={onDone} />
        </Suspense>
      )}
    </>
  );
}

/** Those that this person may close, the latest to be well again first. */
function useRestored(alarms: ReadonlyMap<string, ShownAlarm>): ShownAlarm[] {
  const { session, may } = useSession();
  if (!may('alarm.close')) return [];
  const mayForOthers = may('alarm.close-others');
  return [...alarms.values()]
    .filter(
      (alarm) =>
        isRestored(alarm) &&
        alarm.isStored &&
        (alarm.owner === null || alarm.owner.id === session.user.id || mayForOthers),
    )
    .toSorted((a, b) => ((a.cancelledAt ?? '') < (b.cancelledAt ?? '') ? 1 : -1));
}
