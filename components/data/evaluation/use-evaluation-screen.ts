'use client';

import type { inferRouterOutputs } from '@trpc/server';

import {
  readEvaluationScreen,
  type EvaluationParams,
  type EvaluationScreen,
} from '../../../lib/evaluation/evaluation-screen';
import type { RowsMark } from '../../../lib/evaluation/evaluated-rows';
import type { AppRouter } from '../../../server/api/root';
import { useAddress } from '../../shell/use-address';

/** What is known of an evaluation before a slice is chosen. */
export type Summary = inferRouterOutputs<AppRouter>['evaluations']['summary'];

/** What the address says, and the ways to change it. */
export type ScreenState = {
  readonly screen: EvaluationScreen;
  /** In place: a threshold, what is sought. */
  readonly replace: (change: EvaluationParams) => void;
  /** So that the back button undoes it: a slice, a metric. */
  readonly push: (change: EvaluationParams) => void;
  /** Looks at the rows of a mark; undefined closes them. */
  readonly openRows: (mark: RowsMark | undefined) => void;
};

/** The view of an evaluation as its address says it. */
export function useEvaluationScreen(): ScreenState {
  const { params, replace, push } = useAddress();
  return {
    screen: readEvaluationScreen(params),
    replace,
    push,
    openRows: (mark) => {
      push({ mark: mark === undefined ? undefined : JSON.stringify(mark), row: undefined });
    },
  };
}
