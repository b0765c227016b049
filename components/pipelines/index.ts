/** The only door to what shows pipelines. */
export { PipelineGraph, type GraphNode } from './pipeline-graph';
export { PipelineList } from './pipeline-list';
export { PipelineView } from './pipeline-view';
export { RunButton } from './run-button';
