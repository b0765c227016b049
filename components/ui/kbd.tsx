import { Fragment } from 'react';

/** Keys as a person finds them on the keyboard: `Mod+K` is `Ctrl K`, or `⌘ K` where that key exists. */
export function Kbd({ keys }: { readonly keys: string }) {
  const words = keyWords(keys);
  return (
    <kbd className="flex-none font-sans text-11 font-normal whitespace-nowrap text-text-3">
      {words.map((word, index) => (
        <Fragment key={word}>
          {index > 0 && ' '}
          {word}
        </Fragment>
      ))}
    </kbd>
  );
}

/** The words of a combination of keys, in the order in which they are pressed. */
export function keyWords(keys: string): readonly string[] {
  const hasCommandKey = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
  const words: Record<string, string> = {
    Mod: hasCommandKey ? '⌘' : 'Ctrl',
    Shift: 'Shift',
    Alt: hasCommandKey ? '⌥' : 'Alt',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    Delete: 'Del',
    ' ': 'Space',
  };
  // A plus alone is a key, between others it joins them.
  const parts = keys.length === 1 ? [keys] : keys.split('+');
  return parts.map((key) => words[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
