import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseTfrecords } from '../../server/testing/read-tfrecords';
import { crc32c } from './crc32c';
import { TfrecordBlock } from './tfrecord';

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4.
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a91_36aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8_ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd_794e],
    ['31 to 0', Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113f_db5c],
    ['"123456789"', new TextEncoder().encode('123456789'), 0xe306_9283],
    ['nothing', new Uint8Array(0), 0],
  ])('equals the published value for %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('TFRecord', () => {
  it('is read back by an independent reader, whatever the records and the size of a block', () => {
    const records = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 500 }), (written, capacity) => {
        const block = new TfrecordBlock(capacity);
        const blocks: Uint8Array[] = [];
        for (const record of written) {
          block.add(record);
          if (block.isFull) blocks.push(block.take());
        }
        if (!block.isEmpty) blocks.push(block.take());
        expect(parseTfrecords(Buffer.concat(blocks)).map((record) => [...record])).toEqual(
          written.map((record) => [...record]),
        );
      }),
    );
  });
});
