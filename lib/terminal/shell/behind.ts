// What `&` puts behind the prompt, as syntax.
import type { Pipeline } from './syntax';

/** `&` is behind a whole list of `&&` and `||`: its pipelines become one, with the list's text. */
export function putBehind(pipelines: Pipeline[], text: string): void {
  const from = pipelines.findLastIndex(({ after }) => after === 'always');
  const [first, ...more] = pipelines.splice(from);
  if (!first) return;
  const list: Pipeline =
    more.length === 0
      ? first
      : {
          negated: false,
          after: first.after,
          commands: [{ kind: 'group', body: { pipelines: [first, ...more] }, redirects: [] }],
          background: undefined,
        };
  pipelines.push({ ...list, background: jobText(text) });
}

/** A job's text as bash writes it anew: one blank between words and before the file of a redirection. */
const jobText = (text: string): string =>
  text
    .trim()
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/([^\\]) ?(\d?(?:>>|>|<))(?=[^\s&>=(<])/g, '$1 $2 ');
