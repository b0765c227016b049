/** What a file's first bytes say of its format. */

/** The byte order mark that some programs put before UTF-8. */
export const UTF8_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const AS_UTF8 = 'Save it as UTF-8 and run again.';
const AS_CSV = 'Unpack or export it as CSV and run again.';

/** Formats that people take for CSV, by their first bytes: what to call them and what to do. */
export const OTHER_FORMATS: readonly { signature: readonly number[]; name: string; nextStep: string }[] = [
  { signature: [0xff, 0xfe], name: 'UTF-16 text', nextStep: AS_UTF8 },
  { signature: [0xfe, 0xff], name: 'UTF-16 text', nextStep: AS_UTF8 },
  { signature: [0x1f, 0x8b], name: 'compressed with gzip', nextStep: AS_CSV },
  { signature: [0x50, 0x4b, 0x03, 0x04], name: 'a ZIP archive or an office document', nextStep: AS_CSV },
  { signature: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file', nextStep: 'Read it with ParquetExampleGen.' },
];

/** Bytes that must be there to tell them apart. */
export const LONGEST_SIGNATURE = 4;
