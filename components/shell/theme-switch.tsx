'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { Theme } from './theme';
import { applyTheme, currentTheme, nextTheme } from './theme-cookie';

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const LABELS = { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' };

/** Steps through system, light and dark. The choice is kept for a year. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system');

  useEffect(() => {
    setTheme(currentTheme());
  }, []);

  const next = nextTheme(theme);
  const Icon = ICONS[theme];
  const choose = () => {
    setTheme(next);
    applyTheme(next);
  };

  return (
    <button
      type="button"
      onClick={choose}
      aria-label={`${LABELS[theme]}. Change to: ${LABELS[next].toLowerCase()}`}
      title={LABELS[theme]}
      className="flex h-13 w-full flex-col items-center justify-center gap-1 text-11 font-medium text-text-2 tablet:h-7 tablet:w-auto tablet:flex-row tablet:gap-2 tablet:rounded-control tablet:px-2 tablet:text-13 tablet:hover:bg-hover"
    >
      <Icon size={16} strokeWidth={1.75} className="size-5 text-text-3 tablet:size-4" aria-hidden="true" />
      <span aria-hidden="true" className="tablet:hidden">
        Theme
      </span>
      <span className="hidden desktop:inline">{LABELS[theme]}</span>
    </button>
  );
}
