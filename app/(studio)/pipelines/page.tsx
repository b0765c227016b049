import { PipelineList } from '../../../components/pipelines';

export const metadata = { title: 'Pipelines' };

export default function PipelinesPage() {
  return <PipelineList />;
}
