import type { WithTexts } from './texts.ts';
import type { zhCNStored } from './zh-CN-stored.ts';

export const enStored: WithTexts<typeof zhCNStored> = {
  stored: {
    title: 'Stored reports',
    hint: 'Made by the hub on the first of each month and stored; they do not change any more.',
    none: 'No report was stored yet.',
    show: 'Show',
    madeAt: 'made {{time}}',
    same: 'A recount says the same as what was stored.',
    differs: 'Something changed since (a case was closed or reviewed, say); a recount differs:',
    number: 'Number',
    asStored: 'Stored {{day}}',
    recount: 'Counted now',
    open: 'Open',
  },
};
