import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

/** This test alarm is none: from now on everybody is told as of any other. */
export function TakeAsReal({ alarmId }: { alarmId: string }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();

  async function take(): Promise<void> {
    const path = `/alarms/${encodeURIComponent(alarmId)}/take-as-real`;
    const answer = await api.call('POST', path, alarmViewSchema);
    if (!answer.ok) void message.error(problemText(answer.problem));
    await queries.invalidateQueries({ queryKey: ['alarm', alarmId] });
  }

  return (
    <button type="button" className="step-button" data-testid="take-as-real" onClick={() => void take()}>
      ! {t('mark.takeAsReal')}
    </button>
  );
}
