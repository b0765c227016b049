'use client';

import { readTheme, THEME_COOKIE, THEMES, type Theme } from './theme';

/** The theme of the page as it is now. */
export function currentTheme(): Theme {
  return readTheme(document.documentElement.dataset['theme']);
}

/** Shows a theme and keeps it for a year. */
export function applyTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=strict`;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** The theme after this one: system, light, dark, and around. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

/** Goes on to the next theme. */
export function stepTheme(): void {
  applyTheme(nextTheme(currentTheme()));
}
