import { theme } from 'antd';
import type { ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';
import type { Settings } from './settings.ts';

const fonts =
  '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "Hiragino Sans GB", system-ui, sans-serif';

/** Ant Design's part of the colours; the rest are the custom properties in `app.css`. */
export function antThemeOf(isNight: boolean): ThemeConfig {
  return {
    algorithm: isNight ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: fonts,
      fontSize: 16,
      borderRadius: 8,
      controlHeight: 40,
      colorPrimary: isNight ? '#2dd4bf' : '#0f766e',
      colorError: isNight ? '#ff7875' : '#c8102e',
      colorBgBase: isNight ? '#0c1118' : '#ffffff',
      colorTextBase: isNight ? '#eef2f6' : '#161b22',
      colorTextLightSolid: isNight ? '#04211d' : '#ffffff',
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
