/** Answers what is asked about an evaluation. */

import type { DuckdbSession } from '../../duckdb/query';
import type { EvaluationAnswerOf, EvaluationRequest } from './evaluation-message';
import { readClasses } from './read-classes';
import { readErrors } from './read-errors';
import { readEvaluatedRows } from './read-evaluated-rows';
import { readScores } from './read-scores';
import { readSummary } from './read-summary';

/** Answers a question. */
export async function answerEvaluation(
  session: DuckdbSession,
  store: string,
  request: EvaluationRequest,
): Promise<EvaluationAnswerOf<EvaluationRequest['type']>> {
  switch (request.type) {
    case 'evaluation-summary':
      return readSummary(session, store, request.folder);
    case 'evaluation-scores':
      return readScores(session, store, request);
    case 'evaluation-classes':
      return readClasses(session, store, request);
    case 'evaluation-errors':
      return readErrors(session, store, request);
    case 'evaluation-rows':
      return readEvaluatedRows(session, store, request);
  }
}

/** True for the questions of this module. */
export function isAboutEvaluation(request: { readonly type: string }): request is EvaluationRequest {
  return request.type.startsWith('evaluation-');
}
