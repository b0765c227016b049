'use client';

import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';

/** One tab. */
export type TabItem<T extends string> = {
  readonly id: T;
  readonly label: string;
  /** Beside the label: `4`. */
  readonly count?: number | undefined;
  /** Drawn only while the tab is chosen. */
  readonly content: () => ReactNode;
};

/** Props of {@link Tabs}. */
export type TabsProps<T extends string> = {
  /** Names the list of tabs. */
  readonly label: string;
  readonly items: readonly TabItem<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** At the right end of the bar. */
  readonly aside?: ReactNode;
};

/** Panes of which one is shown: a bar of 36 px, arrow keys move along it. */
export function Tabs<T extends string>({ label, items, value, onChange, aside }: TabsProps<T>) {
  return (
    <RadixTabs.Root
      value={value}
      onValueChange={(chosen) => {
        const item = items.find(({ id }) => id === chosen);
        if (item !== undefined) onChange(item.id);
      }}
      className="flex h-full min-h-0 min-w-0 flex-col"
    >
      <div className="flex h-9 flex-none items-center border-b px-4">
        <RadixTabs.List aria-label={label} className="flex h-full min-w-0 items-stretch gap-4 overflow-x-auto">
          {items.map(({ id, label: name, count }) => (
            <RadixTabs.Trigger
              key={id}
              value={id}
              className="-mb-px inline-flex items-center gap-1.5 border-b-2 border-transparent text-12 font-medium whitespace-nowrap text-text-2 -outline-offset-2 hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
            >
              {name}
              {count !== undefined && <span className="font-normal text-text-3">{count}</span>}
            </RadixTabs.Trigger>
          ))}
        </RadixTabs.List>
        {aside !== undefined && <div className="ml-auto flex items-center gap-2 pl-3">{aside}</div>}
      </div>
      {items.map(({ id, content }) => (
        <RadixTabs.Content
          key={id}
          value={id}
          className="min-h-0 flex-1 overflow-auto -outline-offset-2 data-[state=inactive]:hidden"
        >
          {id === value && content()}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
