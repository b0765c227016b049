/**
 * The two platform globals that codecs need and that every host of `lib` has (browser, Node, worker).
 * `lib` is compiled without DOM and Node types, so that everything else of the platform is a compile error.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
