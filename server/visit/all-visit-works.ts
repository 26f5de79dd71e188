import { endCampaign, recordCampaignCall, startCampaign } from './campaign-works.ts';
import { digestWorks } from './digest-works.ts';
import { putVisitPlan, putVisitSettings } from './plan-works.ts';
import { lookAtVisits } from './visit-look.ts';
import { doneVisitFollowUp, recordVisit } from './visit-works.ts';

export const visitWorks = {
  lookAtVisits,
  recordVisit,
  doneVisitFollowUp,
  putVisitSettings,
  putVisitPlan,
  startCampaign,
  recordCampaignCall,
  endCampaign,
  ...digestWorks,
};
