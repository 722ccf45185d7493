import { expect, test } from 'vitest';
import { parseLine } from './parse-line';

const words = (line: string): unknown => {
  const parsed = parseLine(line);
  return parsed.ok ? parsed.pipelines.map((p) => p.commands.map((c) => c.words)) : parsed.message;
};

test('words, quotes and escapes', () => {
  expect(words(`kubectl get svc -l 'app in (a, b)' -o "jsonpath={.x}" a\\ b`)).toEqual([
    [['kubectl', 'get', 'svc', '-l', 'app in (a, b)', '-o', 'jsonpath={.x}', 'a b']],
  ]);
});

test('pipes and lists', () => {
  expect(words('iptables-save | grep KUBE-SVC | wc -l; echo done')).toEqual([
    [['iptables-save'], ['grep', 'KUBE-SVC'], ['wc', '-l']],
    [['echo', 'done']],
  ]);
  const parsed = parseLine('a && b || c');
  expect(parsed.ok && parsed.pipelines.map((p) => p.after)).toEqual(['always', 'success', 'failure']);
});

test('redirections', () => {
  const parsed = parseLine('kubectl get svc -o yaml > out.yaml');
  expect(parsed.ok && parsed.pipelines[0]?.commands[0]?.stdout).toEqual({ file: 'out.yaml', append: false });
});

test.each([
  ['a |', "syntax error near unexpected token `newline'"],
  ['| a', "syntax error near unexpected token `|'"],
  ['echo "open', 'unexpected EOF while looking for matching `"\''],
  ['a && && b', "syntax error near unexpected token `&&'"],
])('%s is refused as bash does', (line, message) => {
  expect(words(line)).toBe(message);
});

test('a comment and an empty line do nothing', () => {
  expect(words('# nothing')).toEqual([]);
  expect(words('')).toEqual([]);
});
