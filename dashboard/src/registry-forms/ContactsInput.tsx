import { notificationLocales } from '@carebell/contracts/notifications.ts';
import { contactRoles } from '@carebell/contracts/registry.ts';
import type { Contact } from '@carebell/contracts/registry.ts';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/language.ts';
import type { FieldError } from './field-errors.ts';
import { useFieldWords } from './field-words.ts';

type Props = {
  id: string;
  contacts: readonly Contact[];
  onChange: (contacts: Contact[]) => void;
  errors: readonly FieldError[];
  isDisabled: boolean;
};

const texts = ['name', 'relation', 'phone'] as const;
const labels = { name: 'personName' } as const;
/** As many as the contract takes. */
const most = 20;

/** The people to call, in the order in which they are called. */
export function ContactsInput({ id, contacts, onChange, errors, isDisabled }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const replace = (index: number, change: Partial<Contact>) =>
    onChange(contacts.map((contact, at) => (at === index ? { ...contact, ...change } : contact)));
  /** A choice that is taken back is left out altogether. */
  function replaced<K extends 'role' | 'locale'>(index: number, name: K, value: Contact[K] | undefined) {
    return contacts.map((contact, at): Contact => {
      if (at !== index) return contact;
      const { [name]: _, ...rest } = contact;
      return value === undefined ? (rest as Contact) : { ...contact, [name]: value };
    });
  }
  const moveUp = (index: number) => {
    const moved = [...contacts];
    moved.splice(index - 1, 2, ...contacts.slice(index - 1, index + 1).toReversed());
    onChange(moved);
  };

  return (
    <div className="contacts-input" id={id}>
      {contacts.map((contact, index) => (
        // A contact has no identifier: its place in the order is what it is.
        <fieldset key={index} disabled={isDisabled}>
          <legend>{t('form.contactN', { n: index + 1 })}</legend>
          {texts.map((name) => {
            const error = errors.find(({ path }) => path === `contacts.${index}.${name}`);
            const inputId = `${id}-${index}-${name}`;
            return (
              <div key={name} className="contact-field">
                <label htmlFor={inputId}>{words.label(name, labels)}</label>
                <Input
                  id={inputId}
                  value={contact[name]}
                  inputMode={name === 'phone' ? 'tel' : 'text'}
                  aria-invalid={error !== undefined}
                  {...(error === undefined
                    ? {}
                    : { status: 'error' as const, 'aria-describedby': `${inputId}-error` })}
                  onChange={(event) => replace(index, { [name]: event.target.value })}
                />
                {error !== undefined && (
                  <span className="field-error" id={`${inputId}-error`} role="alert">
                    {words.error(error)}
                  </span>
                )}
              </div>
            );
          })}
          <div className="contact-field">
            <label htmlFor={`${id}-${index}-role`}>{t('field.contactRole')}</label>
            <select
              id={`${id}-${index}-role`}
              className="plain-input"
              value={contact.role ?? ''}
              onChange={(event) =>
                onChange(replaced(index, 'role', chosen(contactRoles, event.target.value)))
              }
            >
              <option value="">{t('contactRole.byRelation')}</option>
              {contactRoles.map((role) => (
                <option key={role} value={role}>
                  {t(`contactRole.${role}`)}
                </option>
              ))}
            </select>
          </div>
          <div className="contact-field">
            <label htmlFor={`${id}-${index}-locale`}>{t('field.contactLocale')}</label>
            <select
              id={`${id}-${index}-locale`}
              className="plain-input"
              value={contact.locale ?? ''}
              onChange={(event) =>
                onChange(replaced(index, 'locale', chosen(notificationLocales, event.target.value)))
              }
            >
              <option value="">{t('ownAddresses.languageOfHub')}</option>
              {notificationLocales.map((locale) => (
                <option key={locale} value={locale}>
                  {languages[locale]}
                </option>
              ))}
            </select>
          </div>
          <Checkbox
            checked={contact.hasKey}
            disabled={isDisabled}
            onChange={(event) => replace(index, { hasKey: event.target.checked })}
          >
            {words.label('hasKey')}
          </Checkbox>
          <span className="contact-moves">
            <Button disabled={isDisabled || index === 0} onClick={() => moveUp(index)}>
              ↑ {t('form.up')}
            </Button>
            <Button
              danger
              disabled={isDisabled}
              onClick={() => onChange(contacts.filter((_, at) => at !== index))}
            >
              {t('form.remove')}
            </Button>
          </span>
        </fieldset>
      ))}
      {contacts.length < most && (
        <Button
          disabled={isDisabled}
          onClick={() => onChange([...contacts, { name: '', relation: '', phone: '', hasKey: false }])}
        >
          + {t('form.add')}
        </Button>
      )}
    </div>
  );
}

function chosen<T extends string>(options: readonly T[], value: string): T | undefined {
  return options.find((option) => option === value);
}
