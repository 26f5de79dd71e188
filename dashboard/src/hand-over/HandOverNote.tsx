import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A note for the next shift; it stays in this browser, and says so. */
export function HandOverNote({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const key = `carebell.hand-over-note.${userId}`;
  const [note, setNote] = useState(() => localStorage.getItem(key) ?? '');
  return (
    <section className="hand-over-note">
      <h2 id="hand-over-note">{t('handOver.note')}</h2>
      <Input.TextArea
        aria-labelledby="hand-over-note"
        autoSize={{ minRows: 3 }}
        maxLength={4000}
        value={note}
        placeholder={t('handOver.noteHint')}
        data-testid="hand-over-note"
        onChange={(event) => {
          setNote(event.target.value);
          localStorage.setItem(key, event.target.value);
        }}
      />
      <p className="dim not-for-print">{t('handOver.noteKept')}</p>
    </section>
  );
}
