/** The little Markdown that the READMEs of components are written in: headings, paragraphs, lists, strong and code. */

/** Text with one look. */
export type MarkdownText = { readonly id: number; readonly text: string; readonly look: 'plain' | 'strong' | 'code' };

/** A block. `id` is its place, for lists on the screen. */
export type MarkdownBlock =
  | { readonly type: 'heading' | 'paragraph'; readonly id: number; readonly spans: readonly MarkdownText[] }
  | {
      readonly type: 'list';
      readonly id: number;
      readonly items: readonly { readonly id: number; readonly spans: readonly MarkdownText[] }[];
    };

/** Reads blocks in order. What it does not know stays as it is written; nothing becomes HTML. */
export function readMarkdown(text: string): readonly MarkdownBlock[] {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim() !== '');
  return parts.map((part, id): MarkdownBlock => {
    const lines = part.trim().split('\n');
    const [first = ''] = lines;
    if (/^#{1,6} /.test(first))
      return { type: 'heading', id, spans: readSpans(lines.join(' ').replace(/^#{1,6} /, '')) };
    if (!/^[-*] /.test(first))
      return { type: 'paragraph', id, spans: readSpans(lines.map((line) => line.trim()).join(' ')) };
    const items: string[] = [];
    for (const line of lines) {
      if (/^[-*] /.test(line)) items.push(line.slice(2));
      else items.push(`${items.pop() ?? ''} ${line.trim()}`);
    }
    return { type: 'list', id, items: items.map((item, at) => ({ id: at, spans: readSpans(item) })) };
  });
}

function readSpans(text: string): readonly MarkdownText[] {
  const spans: MarkdownText[] = [];
  for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
    if (part === '') continue;
    const id = spans.length;
    if (part.startsWith('`') && part.length > 2) spans.push({ id, text: part.slice(1, -1), look: 'code' });
    else if (part.startsWith('**') && part.length > 4) spans.push({ id, text: part.slice(2, -2), look: 'strong' });
    else spans.push({ id, text: part, look: 'plain' });
  }
  return spans;
}
