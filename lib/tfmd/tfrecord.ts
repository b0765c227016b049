/**
 * TFRecord framing: for every record its length (8 bytes, little endian), the masked CRC-32C of these 8 bytes, the
 * record, its masked CRC-32C.
 */

import { maskedCrc32c } from './crc32c';

/** Bytes of framing around a record. */
const TFRECORD_FRAME_BYTES = 16;

/** Gathers framed records into a block that is handed on when it is large enough. */
export class TfrecordBlock {
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;

  /** `capacity` in bytes is where {@link isFull} begins; a longer record makes room for itself. */
  constructor(private readonly capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  get isFull(): boolean {
    return this.length >= this.capacity;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Appends one record; its bytes are copied. */
  add(record: Uint8Array): void {
    const end = this.length + record.length + TFRECORD_FRAME_BYTES;
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    const view = new DataView(this.bytes.buffer, this.length);
    view.setUint32(0, record.length % 2 ** 32, true);
    view.setUint32(4, Math.floor(record.length / 2 ** 32), true);
    view.setUint32(8, maskedCrc32c(this.bytes.subarray(this.length, this.length + 8)), true);
    this.bytes.set(record, this.length + 12);
    view.setUint32(12 + record.length, maskedCrc32c(record), true);
    this.length = end;
  }

  /** A copy of what was gathered; the block is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
