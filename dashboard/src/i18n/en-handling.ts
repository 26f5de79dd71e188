import type { WithTexts } from './texts.ts';
import type { zhCNHandling } from './zh-CN-handling.ts';

export const enHandling: WithTexts<typeof zhCNHandling> = {
  scriptAnswer: {
    done: 'done',
    yes: 'yes',
    no: 'no',
    unclear: 'unclear',
    reached: 'reached',
    'no-answer': 'no answer',
    coming: 'on the way',
    refused: 'cannot go',
    voicemail: 'voicemail',
  },
  followUpResult: {
    answered: 'answered',
    'not-reached': 'not reached',
    declined: 'would not answer',
    score: '{{score}} of 5',
  },
  proof: {
    'voice-contact': 'Heard the resident speak',
    'on-site': 'Somebody there has seen the resident',
    'device-event': 'A device showed the resident moving',
    waived: 'No proof: {{because}}',
  },
  proofBasis: { recorded: 'on record', stated: 'said at closing' },
};
