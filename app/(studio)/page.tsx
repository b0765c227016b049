import { PageHead } from '../../components/shell/page-head';

export const metadata = { title: 'Home' };

export default function HomePage() {
  return <PageHead crumbs={[{ label: 'Home' }]} note="Nothing leaves this machine." />;
}
