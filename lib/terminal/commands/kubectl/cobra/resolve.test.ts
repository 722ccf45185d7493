import { expect, test } from 'vitest';
import { resolve } from './resolve';

const problem = (line: string): string => {
  const resolved = resolve(line.split(' '), 32);
  return resolved.kind === 'error' ? resolved.message : '';
};

test('faults of flags have the words of pflag', () => {
  expect(problem('get svc --bogus')).toBe(
    "error: unknown flag: --bogus\nSee 'kubectl get --help' for usage.\n",
  );
  expect(problem('get svc -Z')).toBe(
    "error: unknown shorthand flag: 'Z' in -Z\nSee 'kubectl get --help' for usage.\n",
  );
  expect(problem('get svc -o')).toBe(
    "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n",
  );
  expect(problem('get svc --all-namespaces=foo')).toBe(
    `error: invalid argument "foo" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "foo": invalid syntax\nSee 'kubectl get --help' for usage.\n`,
  );
  expect(problem('wait --timeout=5 x')).toBe(
    `error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"\nSee 'kubectl wait --help' for usage.\n`,
  );
});

test('a misspelt command gets suggestions', () => {
  expect(problem('gett svc')).toBe(
    'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n',
  );
  expect(problem('xyzzy')).toBe('error: unknown command "xyzzy" for "kubectl"\n');
});

test('flags may stand before the command and among its arguments; -- ends them', () => {
  const resolved = resolve('-n kube-system get -owide svc x -- -y'.split(' '), 32);
  expect(resolved.kind).toBe('run');
  if (resolved.kind !== 'run') return;
  expect(resolved.command.path).toEqual(['get']);
  expect(resolved.flags.text('namespace')).toBe('kube-system');
  expect(resolved.flags.text('output')).toBe('wide');
  expect(resolved.flags.args).toEqual(['svc', 'x', '-y']);
  expect(resolved.flags.dashAt).toBe(2);
});
