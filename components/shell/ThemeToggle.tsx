'use client';
// Goes round: as the system, light, dark.
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/Button';
import { Tooltip } from '@/components/ui/Tooltip';
import { useMessages } from '@/lib/i18n/client';
import { chooseTheme, currentTheme, subscribeTheme, THEMES, type Theme } from './theme';

const NAME = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;
const SIGN: Readonly<Record<Theme, string>> = { system: '◐', light: '○', dark: '●' };

export function ThemeToggle() {
  const t = useMessages('common');
  const theme = useSyncExternalStore<Theme>(subscribeTheme, currentTheme, () => 'system');
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const label = t('themeButton', { now: t(NAME[theme]), next: t(NAME[next]) });
  return (
    <Tooltip text={label}>
      {(id) => (
        <IconButton label={label} aria-describedby={id} onClick={() => chooseTheme(next)}>
          <span aria-hidden>{SIGN[theme]}</span>
        </IconButton>
      )}
    </Tooltip>
  );
}
