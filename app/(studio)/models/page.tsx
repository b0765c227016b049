import { ModelList } from '../../../components/models';

export const metadata = { title: 'Models' };

export default function ModelsPage() {
  return <ModelList />;
}
