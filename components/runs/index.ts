/** The only door to what shows runs. */
export { PipelineRuns } from './pipeline-runs';
export { RunFollower } from './run-follower';
export { RunList } from './run-list';
export { RunTable } from './run-table';
export { RunView } from './run-view';
export { useLiveRun } from './use-live-run';
export { toGraphNodes } from './graph-nodes';
