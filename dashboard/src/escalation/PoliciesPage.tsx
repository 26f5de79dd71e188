import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { OwnAndInherited } from './OwnAndInherited.tsx';
import { PolicyCard } from './PolicyCard.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import { usePolicies } from './policy-query.ts';

const ownNames = ['emergency', 'urgent', 'service', 'technical'] as const;

/** Who is told what and when while nobody answers, at one organisation: its own policies and those that it inherits. */
export function PoliciesPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch, replace } = usePolicies(id);
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { policies, inherited, version } = data;
  const model = policies[0] ?? inherited.flatMap((above) => above.policies)[0];

  return (
    <OwnAndInherited<EscalationPolicy>
      organisationId={id}
      of="policies"
      texts={{
        title: t('policy.title'),
        rule: t('policy.rule'),
        own: t('policy.own'),
        noneOwn: t('policy.noneOwn'),
        removeText: t('policy.removeText'),
      }}
      own={policies}
      inherited={inherited.map((above) => ({ ...above, items: above.policies }))}
      mayWrite={may('escalation.write')}
      blank={model && { label: t('policy.new'), start: { ...model, name: '' } }}
      put={(changed) => replace({ policies: changed, version })}
      nameInWords={(policy) => {
        const priority = ownNames.find((one) => one === policy.name);
        return priority === undefined ? policy : { ...policy, name: t(`priority.${priority}`) };
      }}
      renderCard={({ key, item, ...more }) => <PolicyCard key={key} policy={item} {...more} />}
      renderEditor={(editing) => <PolicyEditor organisationId={id} {...editing} />}
    />
  );
}
