import { newDeviceSchema } from '@carebell/contracts/registry.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { errorsOfProblem, errorsOfSchema } from '../registry-forms/field-errors.ts';
import type { FieldError } from '../registry-forms/field-errors.ts';
import { bodyOf, fieldsOf, valuesOf } from '../registry-forms/form-fields.ts';
import { useRefresh } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { DeviceFields } from './DeviceFields.tsx';
import { deviceSteps, stepOfField } from './guide.ts';
import type { Guide } from './guide.ts';

type Props = {
  guide: Guide;
  go: (change: Partial<Guide>) => void;
  onEntered: (issued: { device: Device; secret: string | null }) => void;
};

const fields = fieldsOf(newDeviceSchema, deviceSteps.flat());

/** One device, a question at a time. What the hub finds wrong leads back to the question that it is about. */
export function DeviceSteps({ guide, go, onEntered }: Props) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const refresh = useRefresh();
  const problemText = useProblemText();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const values = { ...valuesOf(fields, { gatewayId: guide.gatewayId ?? '' }), ...guide.draft };
  const isLast = guide.deviceStep === deviceSteps.length - 1;
  const names: readonly string[] = deviceSteps[guide.deviceStep] ?? deviceSteps[0];
  const shown = fields.filter(({ name }) => names.includes(name));

  const body = () => ({ ...bodyOf(fields, values), dwellingId: guide.dwellingId });

  async function next(): Promise<void> {
    const checked = newDeviceSchema.safeParse(body(), { reportInput: true });
    const found = checked.success ? [] : errorsOfSchema(checked.error.issues);
    const here = isLast ? found : found.filter(({ path }) => stepOfField(path) === guide.deviceStep);
    setErrors(here);
    setProblem(undefined);
    if (here.length > 0) return leadTo(here);
    if (!isLast) return go({ deviceStep: guide.deviceStep + 1 });
    setSending(true);
    const answer = await registry.enter('devices', body());
    setSending(false);
    if (answer.ok) {
      refresh('devices');
      onEntered(answer.result);
      return;
    }
    const refused = errorsOfProblem(answer.problem);
    setErrors(refused);
    if (refused.length > 0) leadTo(refused);
    else setProblem(problemText(answer.problem));
  }

  function leadTo(found: readonly FieldError[]): void {
    const [first] = found;
    if (first !== undefined) go({ deviceStep: stepOfField(first.path) });
  }

  return (
    <form
      className="register-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void next();
      }}
    >
      <p className="dim">
        {t('registering.deviceN', { n: guide.entered.length + 1 })} ·{' '}
        {t('registering.question', { n: guide.deviceStep + 1, of: deviceSteps.length })}
      </p>
      <DeviceFields
        fields={shown}
        values={values}
        errors={errors}
        dwellingId={guide.dwellingId ?? ''}
        isDisabled={isSending}
        onChange={(name, value) => {
          setErrors(errors.filter(({ path }) => path !== name && !path.startsWith(`${name}.`)));
          go({ draft: { ...guide.draft, [name]: value } });
        }}
      />
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="register-foot">
        {guide.deviceStep > 0 && (
          <Button size="large" disabled={isSending} onClick={() => go({ deviceStep: guide.deviceStep - 1 })}>
            {t('registering.back')}
          </Button>
        )}
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {t(isLast ? 'form.create' : 'registering.next')}
        </Button>
      </div>
    </form>
  );
}
