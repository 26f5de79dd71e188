import { apiRoot } from '@carebell/contracts/http-api.ts';
import { tableColumns, tableImportedSchema, tableKinds } from '@carebell/contracts/registry-tables.ts';
import type { TableImported, TableKind } from '@carebell/contracts/registry-tables.ts';
import { mostImportedRows } from '@carebell/contracts/resident-table.ts';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { errorsOfProblem } from './field-errors.ts';
import { useFieldWords } from './field-words.ts';
import { useRefresh } from './record-query.ts';
import { readSheet } from './sheet-rows.ts';
import { TableErrors } from './TableErrors.tsx';
import { placedErrors, planOf, tableOfRows } from './table-file.ts';
import type { TableFile } from './table-file.ts';

const shownRows = 50;

type Row = Record<string, unknown>;
type Chosen = { kind: TableKind; file: TableFile<Row> };

/** Dwellings, gateways and devices from a file: looked at first, and entered all or none. */
export function TablesSection() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { api } = useWorkplace();
  const refresh = useRefresh();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [secrets, setSecrets] = useState<TableImported['secrets']>([]);

  async function read(kind: TableKind, file: File): Promise<void> {
    setProblem(undefined);
    const sheet = await readSheet(file);
    setChosen({ kind, file: sheet.ok ? tableOfRows(planOf(kind), sheet.rows) : sheet });
  }

  async function send(kind: TableKind, table: Extract<TableFile<Row>, { ok: true }>): Promise<void> {
    setSending(true);
    const answer = await api.call('POST', `/import/${kind}`, tableImportedSchema, { rows: table.rows });
    setSending(false);
    if (answer.ok) {
      setChosen(undefined);
      setSecrets(answer.result.secrets);
      refresh('dwellings', 'gateways', 'devices');
      void message.success(t('tables.done', { n: answer.result.entered }));
      return;
    }
    const found = errorsOfProblem(answer.problem);
    setChosen({ kind, file: { ...table, errors: placedErrors(found, table.rows, table.lines) } });
    setProblem(found.length > 0 ? undefined : problemText(answer.problem));
  }

  return (
    <section>
      <h2>{t('tables.title')}</h2>
      <p className="dim">{t('tables.text')}</p>
      {tableKinds.map((kind) => (
        <Chooser key={kind} kind={kind} onChosen={(file) => void read(kind, file)} />
      ))}
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {chosen?.file.ok === false && (
        <p className="form-problem" role="alert">
          {chosen.file.reason === 'missingColumns'
            ? t('transfer.missingColumns', {
                columns: chosen.file.columns.map(planOf(chosen.kind).word).join('、'),
              })
            : t(`transfer.${chosen.file.reason}`, { n: mostImportedRows })}
        </p>
      )}
      {chosen?.file.ok === true && (
        <Checked
          kind={chosen.kind}
          file={chosen.file}
          isSending={isSending}
          onSend={(file) => void send(chosen.kind, file)}
        />
      )}
      {secrets.length > 0 && <IssuedSecrets secrets={secrets} onDone={() => setSecrets([])} />}
    </section>
  );
}

function Chooser({ kind, onChosen }: { kind: TableKind; onChosen: (file: File) => void }) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const name = t(`tables.kind.${kind}`);
  return (
    <p className="transfer-links">
      <input
        ref={chooser}
        type="file"
        accept=".csv,text/csv,.xlsx"
        className="file-input"
        data-testid={`import-${kind}`}
        aria-label={t('tables.choose', { kind: name })}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onChosen(file);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      <Button size="large" onClick={() => chooser.current?.click()}>
        {t('tables.choose', { kind: name })}
      </Button>
      <a className="action-link" href={`${apiRoot}/import/${kind}/template.csv`} download>
        ↓ {t('tables.template', { kind: name })}
      </a>
    </p>
  );
}

function Checked(props: {
  kind: TableKind;
  file: Extract<TableFile<Row>, { ok: true }>;
  isSending: boolean;
  onSend: (file: Extract<TableFile<Row>, { ok: true }>) => void;
}) {
  const { kind, file, isSending, onSend } = props;
  const { t } = useTranslation();
  const words = useFieldWords();
  const columns = Object.keys(tableColumns[kind]);
  if (file.errors.length > 0) {
    return (
      <>
        <p className="field-error">✕ {t('transfer.wrong', { n: file.errors.length })}</p>
        <TableErrors errors={file.errors} />
      </>
    );
  }
  return (
    <>
      <p>
        <strong>{t('transfer.rows', { n: file.count })}</strong>{' '}
        <span className="good">✓ {t('transfer.allRight')}</span>
      </p>
      <div className="table-frame">
        <table className="plain-table" data-testid="import-preview">
          <thead>
            <tr>
              <th>{t('transfer.row')}</th>
              {columns.map((column) => (
                <th key={column}>{words.label(column)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.rows.slice(0, shownRows).map((row, index) => (
              <tr key={file.lines[index]}>
                <td>{file.lines[index]}</td>
                {columns.map((column) => (
                  <td key={column}>
                    {column === 'type' ? words.option('type', String(row[column])) : shownCell(row[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {file.rows.length > shownRows && (
          <p className="dim">{t('transfer.more', { n: file.rows.length - shownRows })}</p>
        )}
      </div>
      <Button type="primary" size="large" loading={isSending} onClick={() => onSend(file)}>
        {t('tables.confirm', { n: file.rows.length })}
      </Button>
    </>
  );
}

function IssuedSecrets({ secrets, onDone }: { secrets: TableImported['secrets']; onDone: () => void }) {
  const { t } = useTranslation();
  const lines = ['id,secret', ...secrets.map(({ id, secret }) => `${id},${secret}`)].join('\r\n');
  return (
    <div className="adopt" data-testid="issued-secrets">
      <p className="warning">{t('tables.secrets')}</p>
      <p className="transfer-links">
        <a
          className="action-link"
          download="secrets.csv"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(lines)}`}
        >
          ↓ {t('tables.saveSecrets')}
        </a>
        <Button onClick={onDone}>{t('tables.secretsSaved')}</Button>
      </p>
    </div>
  );
}

function shownCell(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}
