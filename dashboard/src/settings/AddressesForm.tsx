import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import type { AddressAccess } from './addresses-query.ts';
import { serviceOf } from './push-subscription.ts';
import { TestAddress } from './TestAddress.tsx';

type Address = UserAddresses['addresses'][number];

type Props = {
  addresses: readonly Address[];
  access: Pick<AddressAccess, 'change' | 'test'>;
  /** Only to one's own addresses a test is sent. */
  isOwn: boolean;
};

/** In the order in which they are tried. */
export function AddressesForm({ addresses, access, isOwn }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [rows, setRows] = useState(addresses);
  const [wrong, setWrong] = useState<ReadonlySet<number>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const set = (after: readonly Address[]) => {
    setRows(after);
    setWrong(new Set());
  };
  const replace = (at: number, change: Partial<Address>) =>
    set(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));

  async function submit(): Promise<void> {
    const found = rows.flatMap((row, index) => (isUsable(row) ? [] : [index]));
    setWrong(new Set(found));
    setProblem(undefined);
    if (found.length > 0) return;
    setSending(true);
    const refusal = await access.change({ addresses: [...rows] });
    setSending(false);
    if (refusal !== undefined) setProblem(problemText(refusal));
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {rows.length === 0 && (
        <p className="warning">{t(isOwn ? 'ownAddresses.none' : 'ownAddresses.noneOf')}</p>
      )}
      {rows.map((row, index) => {
        const n = index + 1;
        const isWrong = wrong.has(index);
        return (
          // A line has no identifier: its place is the order of trying.
          <div key={index} className="own-address">
            {row.kind === 'web-push' ? (
              <span className="own-address-fixed">
                {t('channel.web-push')} <small className="dim">{serviceOf(row.address)}</small>
              </span>
            ) : (
              <>
                <Select<Address['kind']>
                  aria-label={t('ownAddresses.kindN', { n })}
                  value={row.kind}
                  disabled={isSending}
                  options={(['sms', 'e-mail'] as const).map((value) => ({
                    value,
                    label: t(`channel.${value}`),
                  }))}
                  onChange={(kind) => replace(index, { kind })}
                />
                <Input
                  aria-label={t('ownAddresses.addressN', { n })}
                  inputMode={row.kind === 'sms' ? 'tel' : 'email'}
                  value={row.address}
                  disabled={isSending}
                  aria-invalid={isWrong}
                  {...(isWrong ? { status: 'error' as const, 'aria-describedby': `own-address-${n}` } : {})}
                  onChange={(event) => replace(index, { address: event.target.value })}
                />
              </>
            )}
            <Button
              disabled={isSending || index === 0}
              aria-label={t('ownAddresses.earlier', { n })}
              onClick={() => set(earlier(rows, index))}
            >
              ↑
            </Button>
            <Button
              danger
              disabled={isSending}
              aria-label={t('ownAddresses.removeN', { n })}
              onClick={() => set(rows.filter((_, at) => at !== index))}
            >
              ✕
            </Button>
            {isOwn && row.kind !== 'web-push' && addresses.includes(row) && (
              <span className="own-address-test">
                <TestAddress address={row} access={access} label={t('ownAddresses.testN', { n })} />
              </span>
            )}
            {isWrong && (
              <span className="warning" id={`own-address-${n}`} role="alert">
                {t(row.kind === 'sms' ? 'ownAddresses.wrongPhone' : 'ownAddresses.wrongMail')}
              </span>
            )}
          </div>
        );
      })}
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
      <div className="own-address-foot">
        <Button
          disabled={isSending || rows.length >= 10}
          data-testid="add-address"
          onClick={() => set([...rows, { kind: 'sms', address: '' }])}
        >
          + {t('ownAddresses.add')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={isSending}
          disabled={rows === addresses}
          data-testid="save-addresses"
        >
          {t('ownAddresses.save')}
        </Button>
      </div>
    </form>
  );
}

function isUsable({ kind, address }: Address): boolean {
  if (kind === 'sms') return /^\+?[\d -]{3,32}$/.test(address.trim());
  return kind === 'web-push' || /^\S+@\S+$/.test(address.trim());
}

function earlier(rows: readonly Address[], at: number): Address[] {
  const before = rows[at - 1];
  const own = rows[at];
  if (before === undefined || own === undefined) return [...rows];
  return rows.map((row, index) => (index === at - 1 ? own : index === at ? before : row));
}
