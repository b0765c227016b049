import { expect, it } from 'vitest';

import { readMarkdown } from './markdown';

it('reads headings, paragraphs and lists whose entries go over several lines', () => {
  const blocks = readMarkdown('# Title\n\nOne `code`\nand **two**.\n\n- first\n  goes on\n- second\n');
  expect(blocks.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'list']);
  expect(blocks[1]).toMatchObject({
    spans: [
      { text: 'One ', look: 'plain' },
      { text: 'code', look: 'code' },
      { text: ' and ', look: 'plain' },
      { text: 'two', look: 'strong' },
      { text: '.', look: 'plain' },
    ],
  });
  const [, , list] = blocks;
  expect(list?.type === 'list' ? list.items.map(({ spans }) => spans.map(({ text }) => text).join('')) : []).toEqual([
    'first goes on',
    'second',
  ]);
});

it('leaves what it does not know as it is written', () => {
  expect(readMarkdown('<b>a</b> ` **')).toMatchObject([{ spans: [{ text: '<b>a</b> ` **', look: 'plain' }] }]);
  expect(readMarkdown('')).toEqual([]);
});
