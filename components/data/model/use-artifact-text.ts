import { useQuery } from '@tanstack/react-query';

/** The text of one file of an artifact, which never changes. */
export function useArtifactText(artifactId: string, file: string) {
  return useQuery({
    queryKey: ['artifact-file', artifactId, file],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const path = file.split('/').map(encodeURIComponent).join('/');
      const response = await fetch(`/api/artifacts/${artifactId}/files/${path}`, { signal });
      if (!response.ok) throw new Error(await response.text());
      return await response.text();
    },
  });
}
