import { CompareModelsPage } from '../../../../components/models';

export const metadata = { title: 'Compare versions' };

export default function ComparePage() {
  return <CompareModelsPage />;
}
