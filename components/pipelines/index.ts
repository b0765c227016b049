/** The only door to what shows pipelines. */
export { PipelineGraph, type GraphNode } from './pipeline-graph';
export { PipelineList } from './pipeline-list';
export { PipelinePage } from './pipeline-page';
export { RunButton, RunDialog } from './run-button';
export { useRunSink } from './editor/run-sink';
