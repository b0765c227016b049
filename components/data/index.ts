/** The only door to what shows data. */
export { ArtifactPreview } from './artifact-preview';
