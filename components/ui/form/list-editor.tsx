import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { Button } from '../button';

/** Props of {@link ListEditor}. */
export type ListEditorProps = {
  /** Id of the list, which the label names. */
  readonly id: string;
  /** Names the group. */
  readonly label: string;
  /** One entry: `split`, `feature`. */
  readonly itemName: string;
  readonly length: number;
  readonly renderItem: (index: number) => ReactNode;
  readonly onAdd: () => void;
  readonly onRemove: (index: number) => void;
  /** Left out where the order means nothing. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly describedBy?: string | undefined;
};

/** A list whose entries are added, removed and moved one by one. */
export function ListEditor(props: ListEditorProps) {
  const {
    id,
    label,
    itemName,
    length,
    renderItem,
    onAdd,
    onRemove,
    onMove,
    min = 0,
    max = Infinity,
    describedBy,
  } = props;
  return (
    <div id={id} role="group" aria-label={label} aria-describedby={describedBy} tabIndex={-1}>
      <ol>
        {Array.from({ length }, (_, index) => (
          <li key={index} className="flex items-start gap-1 pb-1">
            <div className="min-w-0 flex-1">{renderItem(index)}</div>
            <span className="flex flex-none">
              {onMove !== undefined && length > 1 && (
                <>
                  <RowButton
                    label={`Move ${itemName} ${index + 1} up`}
                    isDisabled={index === 0}
                    onPress={() => {
                      onMove(index, index - 1);
                    }}
                  >
                    <ArrowUp size={12} aria-hidden="true" />
                  </RowButton>
                  <RowButton
                    label={`Move ${itemName} ${index + 1} down`}
                    isDisabled={index === length - 1}
                    onPress={() => {
                      onMove(index, index + 1);
                    }}
                  >
                    <ArrowDown size={12} aria-hidden="true" />
                  </RowButton>
                </>
              )}
              <RowButton
                label={`Remove ${itemName} ${index + 1}`}
                isDisabled={length <= min}
                onPress={() => {
                  onRemove(index);
                }}
              >
                <X size={12} aria-hidden="true" />
              </RowButton>
            </span>
          </li>
        ))}
      </ol>
      <Button size="small" look="quiet" disabled={length >= max} onClick={onAdd}>
        <Plus size={12} aria-hidden="true" />
        Add {itemName}
      </Button>
    </div>
  );
}

/** Props of {@link RowButton}. */
type RowButtonProps = {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

/** A small square button beside an entry. */
export function RowButton({ label, isDisabled = false, onPress, children }: RowButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
      className="grid h-7 w-5 place-content-center rounded-control text-text-3 enabled:hover:bg-hover enabled:hover:text-text disabled:opacity-40 max-tablet:size-11"
    >
      {children}
    </button>
  );
}
