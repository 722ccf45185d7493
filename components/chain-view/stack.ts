// Puts boxes of one column below each other: each as near to where it wants to be as its neighbours allow.

export interface StackItem {
  readonly height: number;
  /** Where its middle wants to be. */
  readonly want: number;
  /** Least distance to the box above. */
  readonly gap: number;
}

interface Block {
  readonly from: number;
  /** Sum and number of the wishes for the block's top. */
  sum: number;
  count: number;
  height: number;
}

/**
 * Tops of the boxes, in the given order, none above `top`. Boxes that would overlap become a block, which stands where its members
 * want to be on average (pool adjacent violators).
 */
export function stack(items: readonly StackItem[], top: number): number[] {
  const blocks: Block[] = [];
  const position = (b: Block): number => Math.max(top, b.sum / b.count);
  for (const [i, item] of items.entries()) {
    let block: Block = { from: i, sum: item.want - item.height / 2, count: 1, height: item.height };
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      const gap = items[block.from]?.gap ?? 0;
      if (position(above) + above.height + gap <= position(block)) break;
      const offset = above.height + gap;
      blocks.pop();
      block = {
        from: above.from,
        sum: above.sum + block.sum - offset * block.count,
        count: above.count + block.count,
        height: offset + block.height,
      };
    }
    blocks.push(block);
  }
  const tops: number[] = [];
  for (const [b, block] of blocks.entries()) {
    let y = position(block);
    const end = blocks[b + 1]?.from ?? items.length;
    for (let i = block.from; i < end; i++) {
      if (i > block.from) y += items[i]?.gap ?? 0;
      tops.push(Math.round(y));
      y += items[i]?.height ?? 0;
    }
  }
  return tops;
}
