import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { FieldName } from './field-words.ts';
import type { Field, Values } from './form-fields.ts';
import { RecordForm } from './RecordForm.tsx';
import { useRefresh } from './record-query.ts';
import { useRegistryApi } from './registry-api.ts';
import type { Entered, Kind } from './registry-api.ts';
import { SecretNotice } from './SecretNotice.tsx';
import type { Secret } from './SecretNotice.tsx';
import { SectionTabs } from './SectionTabs.tsx';
import type { Section } from './sections.ts';
import '../app/lists.css';
import './registry.css';

type Props<K extends Kind> = {
  kind: K;
  section: Section;
  title: string;
  text?: string;
  fields: readonly Field[];
  schema: z.ZodType;
  labels?: Readonly<Record<string, FieldName>>;
  hints?: Readonly<Record<string, string>>;
  initial?: Values;
  /** What of the answer leads on, and what is shown only now. */
  entered: (result: Entered<K>) => { path: string; secret?: Secret | undefined };
};

export function NewRecordPage<K extends Kind>(props: Props<K>) {
  const { kind, section, title, text, entered, ...form } = props;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const registry = useRegistryApi();
  const refresh = useRefresh();
  const [secret, setSecret] = useState<Secret & { path: string }>();
  return (
    <main className="list-page record-page">
      <SectionTabs section={section} />
      <header>
        <h1>{title}</h1>
      </header>
      {text !== undefined && <p className="dim">{text}</p>}
      <RecordForm
        {...form}
        record={undefined}
        send={(body) => registry.enter(kind, body)}
        onDone={(result: Entered<K>) => {
          refresh(kind);
          const { path, secret: issued } = entered(result);
          if (issued !== undefined) {
            setSecret({ ...issued, path });
            return;
          }
          void message.success(t('form.created'));
          void navigate(path, { replace: true });
        }}
      />
      {secret !== undefined && (
        <SecretNotice secret={secret} onDone={() => void navigate(secret.path, { replace: true })} />
      )}
    </main>
  );
}
