'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';

import { readTheme, THEME_COOKIE, THEMES, type Theme } from './theme';

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const LABELS = { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' };

/** Steps through system, light and dark. The choice is kept for a year. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system');

  useEffect(() => {
    setTheme(readTheme(document.documentElement.dataset['theme']));
  }, []);

  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = ICONS[theme];
  const choose = () => {
    setTheme(next);
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=31536000; samesite=strict`;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
  };

  return (
    <button
      type="button"
      onClick={choose}
      aria-label={`${LABELS[theme]}. Change to: ${LABELS[next].toLowerCase()}`}
      title={LABELS[theme]}
      className="flex h-7 items-center gap-2 rounded-control px-2 font-medium text-text-2 hover:bg-hover"
    >
      <Icon size={16} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />
      <span className="hidden desktop:inline">{LABELS[theme]}</span>
    </button>
  );
}
