import { expect, test } from 'vitest';
import { reportText, sendTo } from './report';

const SEEN = {
  lesson: '2.3',
  title: 'The iptables chains',
  language: 'en',
  k8s: '1.29',
  mode: 'iptables',
  heading: 'Two ports',
  address: 'https://example.org/en/learn/2.3#s=abc',
};

test('a report says what, where, in which version, and how to come there', () => {
  expect(reportText(' The rule has another comment. \n', SEEN)).toBe(
    `The rule has another comment.

--
Lesson: 2.3 The iptables chains (en)
Section: Two ports
Cluster: Kubernetes v1.29, kube-proxy in iptables mode
State: https://example.org/en/learn/2.3#s=abc`,
  );
});

test('it goes to a mail address or to a form, else it is only copied', () => {
  expect(sendTo('mailto:docs@example.org', 'a b', 'c&d')).toBe(
    'mailto:docs@example.org?subject=a%20b&body=c%26d',
  );
  expect(sendTo('https://example.org/new?labels=lesson', 'a', 'b')).toBe(
    'https://example.org/new?labels=lesson&title=a&body=b',
  );
  for (const none of [undefined, '', 'docs@example.org', 'http://example.org', 'javascript:alert(1)'])
    expect(sendTo(none, 'a', 'b')).toBeUndefined();
  expect(sendTo('mailto:a@example.org', 'a', 'x'.repeat(7_000))).toBeUndefined();
});
