import { uploadChunkAnswer } from '../../../../../server/web/upload-chunk-answer';

export const dynamic = 'force-dynamic';

type Address = { readonly params: Promise<{ readonly uploadId: string; readonly file: string }> };

export async function PUT(request: Request, { params }: Address): Promise<Response> {
  return uploadChunkAnswer(request, await params);
}
