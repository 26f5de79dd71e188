import { theme } from 'antd';
import type { ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';
import type { Settings, SettingsStore } from './settings.ts';

type ThemeName = Exclude<Settings['theme'], 'auto'>;
const lightScreen = '(prefers-color-scheme: light)';
const strongScreen = '(prefers-contrast: more)';
const factors = { normal: 1, large: 1.15, largest: 1.3 } satisfies Record<Settings['typeSize'], number>;

export type Look = ReturnType<typeof createLook>;

/** Puts the chosen theme and type size on the page, and derives Ant Design's theme from the page's own tokens. */
export function createLook(settings: SettingsStore, page: HTMLElement) {
  const queries = [matchMedia(lightScreen), matchMedia(strongScreen)];
  let current = wear();

  function wear(): ThemeConfig {
    const { theme: choice, typeSize } = settings.get();
    const name = themeOf(choice);
    page.dataset['theme'] = name;
    page.dataset['typeSize'] = typeSize;
    return antThemeOf(name, factors[typeSize], getComputedStyle(page));
  }

  return {
    antTheme: () => current,
    subscribe: (listener: () => void) => {
      let worn = settings.get();
      const renew = () => {
        current = wear();
        listener();
      };
      const leaveSettings = settings.subscribe(() => {
        const next = settings.get();
        if (next.theme === worn.theme && next.typeSize === worn.typeSize) return;
        worn = next;
        renew();
      });
      for (const query of queries) query.addEventListener('change', renew);
      // The screen may have gone dark while the page was on its way and nobody listened yet.
      if (page.dataset['theme'] !== themeOf(settings.get().theme)) renew();
      return () => {
        leaveSettings();
        for (const query of queries) query.removeEventListener('change', renew);
      };
    },
  };
}

export function useAntTheme(look: Look): ThemeConfig {
  return useSyncExternalStore(look.subscribe, look.antTheme);
}

/** Left to the system: strong contrast where it is asked for, day on a light one, night otherwise. */
function themeOf(choice: Settings['theme']): ThemeName {
  if (choice !== 'auto') return choice;
  if (matchMedia(strongScreen).matches) return 'high-contrast';
  return matchMedia(lightScreen).matches ? 'day' : 'night';
}

function antThemeOf(name: ThemeName, factor: number, style: CSSStyleDeclaration): ThemeConfig {
  const token = (property: string) => style.getPropertyValue(property).trim();
  return {
    algorithm: name === 'day' ? theme.defaultAlgorithm : theme.darkAlgorithm,
    token: {
      colorPrimary: token('--accent'),
      colorError: token('--alarm-text'),
      colorLink: token('--accent'),
      colorLinkHover: token('--text'),
      colorLinkActive: token('--text'),
      colorText: token('--text'),
      colorTextLightSolid: token('--on-accent'),
      colorTextPlaceholder: token('--dim'),
      colorTextDescription: token('--dim'),
      colorBgContainer: token('--field'),
      colorBgElevated: token('--surface'),
      colorBgLayout: token('--page'),
      colorBorder: token('--dim'),
      colorBorderSecondary: token('--line'),
      fontFamily: 'inherit',
      fontSize: 16 * factor,
      borderRadius: 8,
      controlHeight: 40 * factor,
      // An operator's eye follows nothing that only decorates, and a dialog stands at once.
      motion: false,
    },
    components: {
      Segmented: {
        itemSelectedBg: token('--accent'),
        itemSelectedColor: token('--on-accent'),
        trackBg: token('--surface-2'),
      },
    },
  };
}
