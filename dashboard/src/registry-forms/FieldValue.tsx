import type { Contact } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useFieldWords } from './field-words.ts';
import type { Field, ReferenceOf } from './form-fields.ts';
import { useReferenceName } from './reference-names.ts';
import { rowsOf } from './signal-rows.ts';
import type { SignalRow } from './signal-rows.ts';

/** A field's value to be read. */
export function FieldValue({ field, value }: { field: Field; value: unknown }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  if (field.input === 'switch') return t(value === true ? 'form.yes' : 'form.no');
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className="dim">{t('form.none')}</span>;
  if (field.input === 'contacts') return <ContactList contacts={value as Contact[]} />;
  if (field.input === 'signals') return <SignalList rows={rowsOf(value)} />;
  if (field.input === 'choices')
    return (value as string[]).map((option) => words.option(field.name, option)).join('、');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.of !== undefined) return <ReferenceName of={field.of} id={text} />;
  if (field.input === 'choice') return words.option(field.name, text);
  if (field.name === 'phone') return <a href={phoneLink(text)}>{spokenPhone(text)}</a>;
  return <span className="field-text">{text}</span>;
}

/** A record's name that leads to its page, where it has one. */
export function ReferenceName({ of, id }: { of: ReferenceOf; id: string }) {
  const name = useReferenceName(of, id);
  if (of === 'stations' || of === 'organisations') return name;
  return <Link to={`/${of}/${encodeURIComponent(id)}`}>{name}</Link>;
}

function SignalList({ rows }: { rows: readonly SignalRow[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <span className="dim">{t('form.none')}</span>;
  return (
    <ul className="card-contacts">
      {rows.map(({ signal, kind, key }) => (
        <li key={signal}>
          <code>{signal}</code> {t(`eventKind.${kind}`)}
          {key !== undefined && ` · ${t(`kind.${key}`)}`}
        </li>
      ))}
    </ul>
  );
}

function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  return (
    <ol className="card-contacts">
      {contacts.map((contact) => (
        <li key={`${contact.name} ${contact.phone}`}>
          {contact.name} <span className="dim">{contact.relation}</span>{' '}
          {contact.hasKey && <span className="key-mark">⚷ {t('field.hasKey')}</span>}
          <a href={phoneLink(contact.phone)}>{spokenPhone(contact.phone)}</a>
        </li>
      ))}
    </ol>
  );
}
