import { theme } from 'antd';
import type { ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';
import type { Settings } from './settings.ts';

const night = {
  colorPrimary: '#2dd4bf',
  colorError: '#ff7875',
  colorText: '#eef2f6',
  colorTextLightSolid: '#04211d',
  colorBgContainer: '#1b2531',
  colorBgElevated: '#1b2531',
  colorBgLayout: '#0b1017',
  colorBorder: '#3a4a5e',
  colorBorderSecondary: '#2b3848',
  colorTextPlaceholder: '#8391a2',
};
const day = {
  colorPrimary: '#0f766e',
  colorError: '#c8102e',
  colorText: '#151b22',
  colorBorder: '#a9b5c1',
  colorTextPlaceholder: '#6b7785',
};

/** Ant Design's part of the colours; the rest are the custom properties in `app.css`. */
export function antThemeOf(isNight: boolean): ThemeConfig {
  return {
    algorithm: isNight ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(isNight ? night : day),
      fontFamily: 'inherit',
      fontSize: 16,
      borderRadius: 8,
      controlHeight: 40,
      // An operator's eye follows nothing that only decorates, and a dialog stands at once.
      motion: false,
    },
  };
}

const lightScreen = '(prefers-color-scheme: light)';

/** Night unless the person chose day, or leaves it to a system that is set to light. */
export function useIsNight(choice: Settings['theme']): boolean {
  const isSystemLight = useSyncExternalStore(watchSystem, () => matchMedia(lightScreen).matches);
  return choice === 'auto' ? !isSystemLight : choice === 'night';
}

function watchSystem(listener: () => void): () => void {
  const query = matchMedia(lightScreen);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
