import { HomeView } from '../../components/home';

export const metadata = { title: 'Home' };

export default function HomePage() {
  return <HomeView />;
}
