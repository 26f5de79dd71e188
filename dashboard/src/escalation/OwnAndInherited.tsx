import { App, Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './escalation.css';

type Named = { name: string };
/** Of an organisation above, or of the hub itself. */
type Above<Item> = {
  organisationId: string | null;
  organisationName: string | null;
  items: readonly Item[];
};

type Props<Item extends Named> = {
  organisationId: string;
  /** What they are, for tests. */
  of: 'policies' | 'scripts';
  texts: { title: string; rule: string; own: string; noneOwn: string; removeText: string };
  own: readonly Item[];
  inherited: readonly Above<Item>[];
  mayWrite: boolean;
  /** With what a new one begins; without it there is no button for one. */
  blank?: { label: string; start: Item } | undefined;
  /** Replaces the organisation's own. */
  put: (items: readonly Item[]) => Promise<Answer<unknown>>;
  /** The hub's own ones are called by what they are for. */
  nameInWords: (item: Item) => Item;
  renderCard: (props: { key: string; item: Item; tools: ReactNode; isSaved: boolean }) => ReactNode;
  renderEditor: (props: {
    place: number;
    start: Item;
    save: (item: Item) => Promise<HubRefusal | undefined>;
    onCancel: () => void;
  }) => ReactNode;
};

/** What an organisation has set for itself, what holds there from above, and the editor of one of them. */
export function OwnAndInherited<Item extends Named>(props: Props<Item>) {
  const { organisationId, of, texts, own, mayWrite, blank, nameInWords } = props;
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const problemText = useProblemText();
  const organisationName = useReferenceName('organisations', organisationId);
  const [draft, setDraft] = useState<{ place: number; start: Item }>();
  const [saved, setSaved] = useState<number>();
  const begin = (start: Item) => setDraft({ place: own.length, start });

  async function save(place: number, item: Item) {
    const answer = await props.put([...own.slice(0, place), item, ...own.slice(place + 1)]);
    if (!answer.ok) return answer.problem;
    setSaved(place);
    setDraft(undefined);
    void message.success(t('form.saved'));
    return undefined;
  }

  function remove(place: number, { name }: Item) {
    modal.confirm({
      title: t('policy.removeTitle', { name }),
      content: texts.removeText,
      okText: t('form.remove'),
      cancelText: t('policy.cancel'),
      centered: true,
      okButtonProps: { danger: true, 'data-testid': 'remove-confirm' },
      onOk: async () => {
        const answer = await props.put(own.toSpliced(place, 1));
        setSaved(undefined);
        if (!answer.ok) void message.error(problemText(answer.problem), 6);
      },
    });
  }

  const ownTools = (item: Item, place: number) =>
    mayWrite && (
      <>
        <Button
          aria-label={t('policy.editNamed', { name: item.name })}
          onClick={() => setDraft({ place, start: item })}
        >
          {t('policy.edit')}
        </Button>
        <Button
          danger
          aria-label={t('policy.removeNamed', { name: item.name })}
          onClick={() => remove(place, item)}
        >
          {t('form.remove')}
        </Button>
      </>
    );
  const inheritedTools = (item: Item) =>
    mayWrite && (
      <Button aria-label={t('policy.copyNamed', { name: item.name })} onClick={() => begin(item)}>
        {t('policy.copy')}
      </Button>
    );

  return (
    <main className="list-page policies">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {organisationName} <small>{texts.title}</small>
        </h1>
        {mayWrite && draft === undefined && blank !== undefined && (
          <div className="list-tools">
            <Button type="primary" data-testid={`new-${of}`} onClick={() => begin(blank.start)}>
              + {blank.label}
            </Button>
          </div>
        )}
      </header>
      {draft === undefined ? (
        <>
          <p className="dim policy-rule">{texts.rule}</p>
          <section data-testid={`own-${of}`}>
            <h2>{texts.own}</h2>
            {own.length === 0 && <p className="dim">{texts.noneOwn}</p>}
            <ul className="policy-cards">
              {own.map((item, place) =>
                props.renderCard({
                  key: `${place} ${item.name}`,
                  item,
                  isSaved: place === saved,
                  tools: ownTools(item, place),
                }),
              )}
            </ul>
          </section>
          {props.inherited
            .filter(({ items }) => items.length > 0)
            .map((above) => (
              <section key={above.organisationId ?? 'hub'} data-testid={`inherited-${of}`}>
                <h2>
                  {above.organisationName === null
                    ? t('policy.ofHub')
                    : t('policy.from', { name: above.organisationName })}
                </h2>
                <ul className="policy-cards">
                  {above.items
                    .map((item) => (above.organisationId === null ? nameInWords(item) : item))
                    .map((item) =>
                      props.renderCard({ key: item.name, item, isSaved: false, tools: inheritedTools(item) }),
                    )}
                </ul>
              </section>
            ))}
        </>
      ) : (
        props.renderEditor({
          ...draft,
          save: (item) => save(draft.place, item),
          onCancel: () => {
            setSaved(undefined);
            setDraft(undefined);
          },
        })
      )}
    </main>
  );
}
