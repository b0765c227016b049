/** The only door to what shows registered models. */
export { ModelList } from './model-list';
export { ModelPage } from './model-page';
