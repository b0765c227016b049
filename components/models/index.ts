/** The only door to what shows registered models. */
export { CompareModelsPage } from './compare/compare-models-page';
export { ModelList } from './model-list';
export { ModelPage } from './model-page';
