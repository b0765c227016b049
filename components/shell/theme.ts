/** The theme that a person chose, kept in a cookie so that the first paint already has it. */

/** Name of the cookie. */
export const THEME_COOKIE = 'sluice-theme';

/** `system` follows the operating system. */
export const THEMES = ['system', 'light', 'dark'] as const;
/** One of {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

/** The theme that a cookie names; `system` for anything else. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}
