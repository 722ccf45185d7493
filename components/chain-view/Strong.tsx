// A message in which **words** stand out.
export function Strong({ text }: { text: string }) {
  return text.split('**').map((part, i) => (i % 2 ? <b key={i}>{part}</b> : part));
}
