import { notFound } from 'next/navigation';

import { PipelineView } from '../../../../components/pipelines';
import { PipelineRuns } from '../../../../components/runs';
import { zPipelineId } from '../../../../lib/ids';

export const metadata = { title: 'Pipeline' };

type Props = { readonly params: Promise<{ readonly pipelineId: string }> };

export default async function PipelinePage({ params }: Props) {
  const pipelineId = zPipelineId.safeParse((await params).pipelineId);
  if (!pipelineId.success) notFound();
  return <PipelineView pipelineId={pipelineId.data} runs={<PipelineRuns pipelineId={pipelineId.data} />} />;
}
