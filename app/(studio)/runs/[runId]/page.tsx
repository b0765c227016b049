import { notFound } from 'next/navigation';

import { RunView } from '../../../../components/runs';
import { zRunId } from '../../../../lib/ids';

export const metadata = { title: 'Run' };

export default async function RunPage({ params }: { readonly params: Promise<{ readonly runId: string }> }) {
  const runId = zRunId.safeParse((await params).runId);
  if (!runId.success) notFound();
  return <RunView runId={runId.data} />;
}
