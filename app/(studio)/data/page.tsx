import { DataList } from '../../../components/data';

export const metadata = { title: 'Data' };

export default function DatasetsPage() {
  return <DataList />;
}
