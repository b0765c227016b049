/** The only door to what shows data. */
export { ArtifactPreview } from './artifact-preview';
export { DataList } from './data-list';
export { DataPage } from './data-page';
