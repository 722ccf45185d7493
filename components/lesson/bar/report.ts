// What a report of an error says: where it was seen, in which version and state, as plain text; and where it can be sent.

export interface Seen {
  readonly lesson: string;
  readonly title: string;
  readonly language: string;
  readonly k8s: string;
  readonly mode: string;
  /** The heading that was in sight. */
  readonly heading: string;
  /** The address of the lesson with the state as it was. */
  readonly address: string;
}

export function reportText(said: string, seen: Seen): string {
  return [
    said.trim(),
    '',
    '--',
    `Lesson: ${seen.lesson} ${seen.title} (${seen.language})`,
    `Section: ${seen.heading}`,
    `Cluster: Kubernetes v${seen.k8s}, kube-proxy in ${seen.mode} mode`,
    `State: ${seen.address}`,
  ].join('\n');
}

/** Longer addresses are refused by mail programs and servers. */
const LONG = 6_000;

/**
 * The link that sends a report: to a mail address, or to a page that takes `title` and `body` (an issue tracker's form). Undefined if
 * none is configured, if it is no such address, or if the report is too long for one.
 */
export function sendTo(target: string | undefined, title: string, body: string): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  if (url.protocol !== 'mailto:' && url.protocol !== 'https:') return undefined;
  const mail = url.protocol === 'mailto:';
  // Mail programs do not read + as a space.
  const fields = [
    [mail ? 'subject' : 'title', title],
    ['body', body],
  ].map(([name, text]) => `${name}=${encodeURIComponent(text ?? '')}`);
  const link = `${target}${url.search === '' ? '?' : '&'}${fields.join('&')}`;
  return link.length > LONG ? undefined : link;
}
