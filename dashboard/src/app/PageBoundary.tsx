import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { children: ReactNode; at: string };
type State = { at: string; isBroken: boolean };

/** A page that breaks says so in its place; the bar, the feed and the sound beside it go on. */
export class PageBoundary extends Component<Props, State> {
  override state = { at: this.props.at, isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  /** Another page is another chance. */
  static getDerivedStateFromProps({ at }: Props, state: State): State {
    return at === state.at ? state : { at, isBroken: false };
  }

  override render() {
    return this.state.isBroken ? <BrokenPage /> : this.props.children;
  }
}

/** No part of the page may be needed to leave it, so that these are plain links and no buttons of the library. */
function BrokenPage() {
  const { t } = useTranslation();
  return (
    <main className="page-centre">
      <div className="problem" role="alert" data-testid="page-broken">
        <strong>{t('brokenPage.title')}</strong>
        <p>{t('brokenPage.line')}</p>
        <p>
          <a href={location.pathname}>{t('brokenPage.again')}</a> <a href="/">{t('brokenPage.wall')}</a>
        </p>
      </div>
    </main>
  );
}
