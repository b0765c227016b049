'use client';

import { X } from 'lucide-react';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { conditionSentence, sortWords } from '../../../lib/artifact/row-words';
import { Button } from '../../ui/button';

/** Props of {@link ConditionChips}. */
export type ConditionChipsProps = { readonly query: RowQuery; readonly onChange: (query: RowQuery) => void };

/** Every condition in words, each with the button that takes it away. */
export function ConditionChips({ query, onChange }: ConditionChipsProps) {
  const { where, search, sort } = query;
  const chips = where.map((condition, index) => ({
    words: conditionSentence(condition),
    without: { ...query, where: where.filter((_, at) => at !== index) },
  }));
  if (search !== undefined)
    chips.push({ words: `any feature contains “${search}”`, without: { ...query, search: undefined } });
  if (sort !== undefined) chips.push({ words: sortWords(sort), without: { ...query, sort: undefined } });
  if (chips.length === 0) return null;
  return (
    <ul
      aria-label="Conditions"
      className="flex flex-none flex-wrap items-center gap-1 border-b px-4 py-1.5 tablet:px-5"
    >
      {chips.map(({ words, without }) => (
        <li
          key={words}
          className="flex h-6 max-w-full items-center rounded-chip bg-accent-soft text-12 text-accent max-tablet:h-11"
        >
          <span className="min-w-0 truncate pl-2" title={words} dir="auto">
            {words}
          </span>
          <button
            type="button"
            aria-label={`Remove: ${words}`}
            onClick={() => {
              onChange(without);
            }}
            className="grid size-6 flex-none place-content-center rounded-control hover:bg-hover max-tablet:size-11"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              onChange({ ...query, where: [], search: undefined, sort: undefined });
            }}
          >
            Remove all
          </Button>
        </li>
      )}
    </ul>
  );
}
