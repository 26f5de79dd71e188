import type { Signature } from '@carebell/contracts/commissioning.ts';
import SignaturePad from 'signature_pad';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { signatureOf } from './signature-strokes.ts';

type Props = { label: string; testId: string; onDrawn: (signature: Signature | undefined) => void };

/** A box to sign in by finger, pen or mouse. */
export function SignatureField({ label, testId, onDrawn }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);
  const drawn = useEffectEvent(onDrawn);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const ratio = Math.max(devicePixelRatio, 1);
    element.width = element.offsetWidth * ratio;
    element.height = element.offsetHeight * ratio;
    element.getContext('2d')?.scale(ratio, ratio);
    const made = new SignaturePad(element, { penColor: '#000', backgroundColor: '#fff' });
    pad.current = made;
    const told = (): void => {
      const { offsetWidth: width, offsetHeight: height } = element;
      drawn(signatureOf(made.toData(), { width, height }));
    };
    made.addEventListener('endStroke', told);
    return () => {
      made.removeEventListener('endStroke', told);
      made.off();
    };
  }, []);

  return (
    <div className="signature-field">
      <span className="dim">{t('commissioning.draw')}</span>
      <canvas ref={canvas} aria-label={label} data-testid={testId} />
      <button
        type="button"
        className="big-button"
        onClick={() => {
          pad.current?.clear();
          onDrawn(undefined);
        }}
      >
        {t('commissioning.clear')}
      </button>
    </div>
  );
}
