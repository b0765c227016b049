'use client';

import { useRef, type KeyboardEvent } from 'react';

import type { PreparedMatrix } from '../../../lib/evaluation/class-matrix';
import type { RowsMark } from '../../../lib/evaluation/evaluated-rows';
import { formatCount, formatShare } from '../../../lib/format/number';

/** Props of {@link ClassMatrix}. */
export type ClassMatrixProps = {
  readonly matrix: PreparedMatrix;
  readonly nameOf: (classId: number) => string;
  readonly model: 'candidate' | 'baseline';
  readonly chosen: RowsMark | undefined;
  readonly onOpen: (actual: number, predicted: number) => void;
};

/** Tints by the share of the true class; a text on the darker ones is inverse. */
const RIGHT = ['', 'bg-c-new/10', 'bg-c-new/20', 'bg-c-new/30', 'bg-c-new/40'];
const WRONG = ['', 'bg-c-2/15', 'bg-c-2/25', 'bg-c-2/40', 'bg-c-2/55'];

/** A table of buttons: lines are the true class, columns the predicted one. Arrow keys walk along the cells. */
export function ClassMatrix({ matrix, nameOf, model, chosen, onOpen }: ClassMatrixProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { classes, rowsAt, shareAt } = matrix;
  const walk = (event: KeyboardEvent, line: number, column: number) => {
    const next = {
      ArrowRight: [line, column + 1],
      ArrowLeft: [line, column - 1],
      ArrowDown: [line + 1, column],
      ArrowUp: [line - 1, column],
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    body.current?.querySelector<HTMLElement>(`[data-cell="${next.join('-')}"]`)?.focus();
  };
  return (
    <div role="region" aria-label="Matrix of classes" tabIndex={0} className="max-h-130 max-w-full overflow-auto p-0.5">
      <table className="border-separate border-spacing-0.5 text-12">
        <caption className="sr-only">Lines are the true class, columns the predicted one</caption>
        <thead>
          <tr className="text-11 text-text-3">
            <th scope="col" className="pr-2 font-medium">
              true \ predicted
            </th>
            {classes.map((classId) => (
              <th
                key={classId}
                scope="col"
                title={nameOf(classId)}
                className="max-w-24 min-w-14 truncate px-1 font-medium"
              >
                <bdi>{nameOf(classId)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {classes.map((actual, line) => (
            <tr key={actual}>
              <th scope="row" title={nameOf(actual)} className="max-w-32 truncate pr-2 text-11 font-medium text-text-3">
                <bdi>{nameOf(actual)}</bdi>
              </th>
              {classes.map((predicted, column) => {
                const rows = rowsAt(actual, predicted);
                const share = shareAt(actual, predicted);
                const tints = actual === predicted ? RIGHT : WRONG;
                const isChosen =
                  chosen?.type === 'classes' &&
                  chosen.model === model &&
                  chosen.actual === actual &&
                  chosen.predicted === predicted;
                return (
                  <td key={predicted} className="p-0">
                    <button
                      type="button"
                      data-cell={`${line}-${column}`}
                      tabIndex={line === 0 && column === 0 ? 0 : -1}
                      aria-pressed={isChosen}
                      aria-label={`${formatCount(rows)} rows of ${nameOf(actual)} taken for ${nameOf(predicted)}, ${formatShare(share)}`}
                      onClick={() => {
                        onOpen(actual, predicted);
                      }}
                      onKeyDown={(event) => {
                        walk(event, line, column);
                      }}
                      className={`h-10 w-full min-w-14 rounded-chip px-1.5 text-right hover:outline hover:outline-border-strong aria-pressed:outline-2 aria-pressed:outline-accent ${rows === 0 ? 'bg-n-50 text-text-3' : (tints[Math.min(4, 1 + Math.floor(share * 4))] ?? '')}`}
                    >
                      <b className={`block leading-4 ${rows === 0 ? 'font-normal' : 'font-semibold'}`}>
                        {formatCount(rows)}
                      </b>
                      <span className="block text-11 leading-4 text-text-2">
                        {rows === 0 ? '' : formatShare(share)}
                      </span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
