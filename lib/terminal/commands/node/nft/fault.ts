import type { Token } from '@/lib/net/nft/lexer';

/** A mistake, placed at a word of the text. */
export class NftFault extends Error {
  constructor(
    message: string,
    readonly at: Token | undefined,
    readonly length?: number,
  ) {
    super(message);
  }
}
