import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { useTranslation } from 'react-i18next';
import { durationText } from './duration-text.ts';
import { staffWithinMs } from './policy-complaints.ts';
import type { Complaint } from './policy-complaints.ts';

/** What is wrong with a field of this policy and what to add, in the person's language. */
export function useComplaintText(policy: EscalationPolicy): (complaint: Complaint) => string {
  const { t } = useTranslation();
  return (complaint) => {
    switch (complaint.is) {
      case 'fault':
        return t(`policyFault.${complaint.fault}`, { time: durationText(t, staffWithinMs(policy)) });
      case 'wrong':
        return t(`fieldError.${complaint.text}`, { n: complaint.n });
      case 'too-short':
        return t('policy.tooShort', { time: durationText(t, complaint.ms) });
      case 'too-long':
        return t('policy.tooLong', { time: durationText(t, complaint.ms) });
      case 'out-of-range':
        return t(complaint.least ? 'fieldError.tooSmall' : 'fieldError.tooLarge', { n: complaint.n });
    }
  };
}
