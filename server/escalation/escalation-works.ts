import { handOverAlarm, handOverAlarms, noteAlarm, seeMovement, tryContact } from './handling-works.ts';
import { putDuty, putEscalationPolicies } from './policy-works.ts';

export const escalationWorks = {
  noteAlarm,
  tryContact,
  handOverAlarm,
  handOverAlarms,
  seeMovement,
  putEscalationPolicies,
  putDuty,
};
