/** The only door to models that run in the browser. */
export { TryIt } from './try-it';
