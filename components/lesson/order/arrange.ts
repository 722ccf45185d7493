// The state of an ordering question: the items' indices in the learner's order, as the log keeps them ("2,0,1").

/** The order that an answer states; the order in which the items are offered if there is none, or if it does not fit them. */
export function arrangementOf(answer: string | undefined, items: number): readonly number[] {
  const offered = Array.from({ length: items }, (_, i) => i);
  const given = (answer ?? '').split(',').map(Number);
  const fits = given.length === items && offered.every((i) => given.includes(i));
  return fits ? given : offered;
}

/** The order with the item at a place moved up (−1) or down (+1); the same order where it cannot go. */
export function moved(order: readonly number[], at: number, by: -1 | 1): readonly number[] {
  const [item, other] = [order[at], order[at + by]];
  if (item === undefined || other === undefined) return order;
  return order.map((one, i) => (i === at ? other : i === at + by ? item : one));
}

/** How many items from the top stand in their place. */
export function rightFromTop(order: readonly number[], correct: readonly number[]): number {
  const wrong = order.findIndex((item, i) => item !== correct[i]);
  return wrong < 0 ? order.length : wrong;
}
