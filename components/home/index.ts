/** The only door to the home screen. */
export { HomeView } from './home-view';
