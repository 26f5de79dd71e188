import { apiRoot } from '@carebell/contracts/http-api.ts';
import { importedSchema, mostImportedRows } from '@carebell/contracts/resident-table.ts';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { errorsOfProblem } from './field-errors.ts';
import { useRefresh } from './record-query.ts';
import { SectionTabs } from './SectionTabs.tsx';
import { TableErrors } from './TableErrors.tsx';
import { readSheet } from './sheet-rows.ts';
import { placedErrors, residentPlan, tableOfRows } from './table-file.ts';
import type { TableFile } from './table-file.ts';
import { TablePreview } from './TablePreview.tsx';
import { TablesSection } from './TablesSection.tsx';
import '../app/lists.css';
import './registry.css';

/** The registry as files: out as CSV, in with a look at it first. */
export function TransferPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <main className="list-page transfer-page">
      <SectionTabs section="residents" />
      <header>
        <h1>{t('transfer.title')}</h1>
      </header>
      <section>
        <h2>{t('transfer.exportTitle')}</h2>
        <p className="dim">{t('transfer.exportText')}</p>
        <p className="transfer-links">
          {may('resident.write') && (
            <a className="action-link" href={`${apiRoot}/export/residents.csv`} download>
              ↓ {t('transfer.exportResidents')}
            </a>
          )}
          {may('device.write') && (
            <a className="action-link" href={`${apiRoot}/export/devices.csv`} download>
              ↓ {t('transfer.exportDevices')}
            </a>
          )}
        </p>
      </section>
      {may('resident.write') && <ImportSection />}
      {may('dwelling.write') && may('device.write') && <TablesSection />}
    </main>
  );
}

function ImportSection() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { api } = useWorkplace();
  const refresh = useRefresh();
  const problemText = useProblemText();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<TableFile>();
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  async function read(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    setProblem(undefined);
    const sheet = await readSheet(chosen);
    setFile(sheet.ok ? tableOfRows(residentPlan, sheet.rows) : sheet);
  }

  async function send(table: Extract<TableFile, { ok: true }>): Promise<void> {
    setSending(true);
    const answer = await api.call('POST', '/import/residents', importedSchema, { rows: table.rows });
    setSending(false);
    if (answer.ok) {
      setFile(undefined);
      refresh('residents', 'dwellings');
      void message.success(t('transfer.done', { n: answer.result.residents }));
      return;
    }
    const found = errorsOfProblem(answer.problem);
    setFile({ ...table, errors: placedErrors(found, table.rows, table.lines) });
    setProblem(found.length > 0 ? undefined : problemText(answer.problem));
  }

  return (
    <section>
      <h2>{t('transfer.importTitle')}</h2>
      <p className="dim">{t('transfer.importText')}</p>
      <input
        ref={chooser}
        type="file"
        accept=".csv,text/csv,.xlsx"
        className="file-input"
        data-testid="import-file"
        aria-label={t('transfer.choose')}
        onChange={(event) => {
          void read(event.target.files?.[0]);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      <Button size="large" onClick={() => chooser.current?.click()}>
        {t('transfer.choose')}
      </Button>
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {file?.ok === false && (
        <p className="form-problem" role="alert">
          {file.reason === 'missingColumns'
            ? t('transfer.missingColumns', {
                columns: file.columns.map(residentPlan.word).join('、'),
              })
            : t(`transfer.${file.reason}`, { n: mostImportedRows })}
        </p>
      )}
      {file?.ok === true && (
        <>
          <p>
            <strong>{t('transfer.rows', { n: file.count })}</strong>{' '}
            {file.errors.length === 0 ? (
              <span className="good">✓ {t('transfer.allRight')}</span>
            ) : (
              <span className="field-error">✕ {t('transfer.wrong', { n: file.errors.length })}</span>
            )}
          </p>
          {file.errors.length === 0 ? (
            <>
              <TablePreview rows={file.rows} lines={file.lines} />
              <Button type="primary" size="large" loading={isSending} onClick={() => void send(file)}>
                {t('transfer.confirm', { n: file.rows.length })}
              </Button>
            </>
          ) : (
            <TableErrors errors={file.errors} />
          )}
        </>
      )}
    </section>
  );
}
