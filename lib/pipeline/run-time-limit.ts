import type { Pipeline } from './pipeline';

/** Sets how long a whole run may take, in ms; undefined removes the limit. */
export function setRunTimeLimit(pipeline: Pipeline, timeoutMs: number | undefined): Pipeline {
  const { execution: before, ...rest } = pipeline;
  if (before?.timeoutMs === timeoutMs) return pipeline;
  return timeoutMs === undefined ? rest : { ...rest, execution: { ...before, timeoutMs } };
}
