import { notFound } from 'next/navigation';

import { PipelinePage } from '../../../../components/pipelines';
import { PipelineRuns, RunFollower } from '../../../../components/runs';
import { zPipelineId } from '../../../../lib/ids';

export const metadata = { title: 'Pipeline' };

type Props = { readonly params: Promise<{ readonly pipelineId: string }> };

export default async function Page({ params }: Props) {
  const pipelineId = zPipelineId.safeParse((await params).pipelineId);
  if (!pipelineId.success) notFound();
  return (
    <PipelinePage
      pipelineId={pipelineId.data}
      runs={<PipelineRuns pipelineId={pipelineId.data} />}
      follower={<RunFollower pipelineId={pipelineId.data} />}
    />
  );
}
