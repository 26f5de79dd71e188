import type { WithTexts } from './texts.ts';
import type { zhCNReport } from './zh-CN-report.ts';

export const enReport: WithTexts<typeof zhCNReport> = {
  caseFile: {
    title: 'Case file',
    toAlarm: 'Back to the alarm',
    json: 'Download JSON',
    print: 'Print / save as PDF',
    pressed: 'Pressed',
    stored: 'Received',
    displayed: 'Displayed',
    acknowledged: 'Answered',
    closed: 'Closed',
    owner: 'Owner',
    outcome: 'Outcome',
    device: 'Device',
    missed: 'Missed deadlines',
    nothingMissed: 'none',
    chain: 'Chain of records',
    holds: 'Holds',
    broken: 'Broken',
    holdsHint: 'Checked on export: {{n}} steps are as they were written; none was changed, dropped or moved',
    'step-changed': 'From number {{seq}} on, the record is not what was written then',
    'steps-missing': 'Records after number {{seq}} are missing',
    logHint: 'Each hash is counted from the one before: a change of any step breaks the chain',
    seq: 'Number',
    at: 'Time',
    step: 'Step',
    made: 'Exported by {{name}} at {{time}}; the export is on record',
  },
};
