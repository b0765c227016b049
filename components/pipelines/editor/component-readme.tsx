'use client';

import { useQuery } from '@tanstack/react-query';

import type { ComponentSpec } from '../../../lib/catalog/component-spec';
import { readMarkdown, type MarkdownText } from '../../../lib/text/markdown';
import { useTRPC } from '../../trpc/client';

/** What a component does, in the words of its README. */
export function ComponentReadme({ spec }: { readonly spec: ComponentSpec }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.editing.readme.queryOptions({ component: spec.type }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const blocks = readMarkdown(data ?? '').filter(({ type }) => type !== 'heading');
  return (
    <section aria-label={`About ${spec.type}`} className="border-t px-4 pt-3 pb-2">
      <h3 className="text-12 font-medium">About {spec.type}</h3>
      <div className="flex flex-col gap-2 pt-1 text-12 break-words text-text-2">
        {blocks.length === 0 ? (
          <p>{spec.summary}</p>
        ) : (
          blocks.map((block) =>
            block.type === 'list' ? (
              <ul key={block.id} className="flex list-disc flex-col gap-1 pl-4">
                {block.items.map((item) => (
                  <li key={item.id}>
                    <Spans spans={item.spans} />
                  </li>
                ))}
              </ul>
            ) : (
              <p key={block.id}>
                <Spans spans={block.spans} />
              </p>
            ),
          )
        )}
      </div>
    </section>
  );
}

function Spans({ spans }: { readonly spans: readonly MarkdownText[] }) {
  return spans.map(({ id, text, look }) =>
    look === 'code' ? (
      <code key={id} className="font-mono text-11">
        {text}
      </code>
    ) : look === 'strong' ? (
      <strong key={id} className="font-medium text-text">
        {text}
      </strong>
    ) : (
      text
    ),
  );
}
