// Completion: names of programs, their own words, variables, paths.
import { expect, test } from 'vitest';
import { testSession } from './testing';

const words = (line: string, cursor?: number): readonly string[] =>
  testSession({ files: { 'web.yaml': '', 'other.txt': '' } }).session.complete(line, cursor).words;

test('programs at the start of a command, wherever it begins', () => {
  expect(words('kubec')).toEqual(['kubectl']);
  expect(words('echo hi | gre')).toEqual(['grep']);
  expect(words('for i in 1; do sle')).toEqual(['sleep']);
  expect(words('x=$(dat')).toEqual(['date']);
});

test('paths as arguments and behind redirections', () => {
  expect(words('cat w')).toEqual(['web.yaml']);
  expect(words('echo x > o')).toEqual(['other.txt']);
  expect(words('cat /etc/res')).toEqual(['/etc/resolv.conf']);
  expect(words('ls /et')).toEqual(['/etc/']);
});

test('variables, and the place where the word begins', () => {
  const { session, run } = testSession();
  run('my_var=1');
  expect(session.complete('echo $my_')).toEqual({ from: 5, words: ['$my_var'] });
  expect(session.complete('echo "${my_')).toMatchObject({ words: ['"${my_var'] });
});

test('only what stands before the cursor counts', () => {
  expect(words('kubec get pods', 5)).toEqual(['kubectl']);
});

test('a program completes its own words', () => {
  const { session } = testSession({ console: { kind: 'node', name: 'node-1' } });
  expect(session.complete('iptables -t n').words).toEqual(['nat']);
  expect(session.complete('iptables -t nat -L KUBE-POST').words).toEqual(['KUBE-POSTROUTING']);
});
