import { RunList } from '../../../components/runs';

export const metadata = { title: 'Runs' };

export default function RunsPage() {
  return <RunList />;
}
