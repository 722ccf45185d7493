import { expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { runToEnd } from '../../../drive';
import { Session } from '../../../session';

/** A terminal of a fresh cluster; `save` is the page's editor: what it returns was saved. */
function terminal(save?: (text: string, round: number) => string) {
  const cluster = Cluster.create({ k8s: '1.32', now: '2026-01-05T08:00:00Z', seed: 1 });
  const session = new Session({ cluster });
  const opened: string[] = [];
  const run = (line: string) =>
    runToEnd(session.run(line), cluster, {
      between: () => cluster.settle(),
      ...(save
        ? {
            edit: (_: string, text: string) => {
              opened.push(text);
              return save(text, opened.length);
            },
          }
        : {}),
    });
  run('kubectl create service clusterip web --tcp=80:8080');
  return { run, opened };
}

const HEAD = "# Please edit the object below. Lines beginning with a '#' will be ignored,";

test('opens the object with the words above it, and sends what was saved', () => {
  const { run, opened } = terminal((text) => text.replace('targetPort: 8080', 'targetPort: 9090'));
  expect(run('kubectl edit svc web')).toMatchObject({ stdout: 'service/web edited\n', stderr: '', exit: 0 });
  expect(opened[0]?.startsWith(HEAD)).toBe(true);
  expect(opened[0]).not.toContain('managedFields');
  expect(run(`kubectl get svc web -o jsonpath='{.spec.ports[0].targetPort}'`).stdout).toBe('9090');
});

test('closing without a change cancels; comments are no change', () => {
  const { run } = terminal((text) => `# mine\n${text}`);
  expect(run('kubectl edit svc web')).toMatchObject({
    stderr: 'Edit cancelled, no changes made.\n',
    exit: 0,
  });
});

test('what the server refuses opens again with the reasons as a comment', () => {
  const { run, opened } = terminal((text, round) =>
    round === 1
      ? text.replace('type: ClusterIP', 'type: Bogus')
      : text.replace('type: Bogus', 'type: NodePort'),
  );
  expect(run('kubectl edit svc web')).toMatchObject({
    stdout: 'service/web edited\n',
    stderr: 'error: services "web" is invalid\n',
    exit: 0,
  });
  expect(opened[1]).toContain('# services "web" was not valid:\n# * spec.type: Unsupported value: "Bogus"');
  expect(opened[1]).toContain('type: Bogus');
});

test('a second try with nothing changed ends it, and the file is kept', () => {
  const { run } = terminal((text) => text.replace('type: ClusterIP', 'type: [').replaceAll('# x', ''));
  const { stderr, exit } = run('kubectl edit svc web');
  expect(exit).toBe(1);
  expect(stderr).toMatch(
    /^error: services "web" is invalid\nA copy of your changes has been stored to "\/tmp\/kubectl-edit-\d+\.yaml"\nerror: Edit cancelled, no valid changes were saved\.\n$/,
  );
  const file = /stored to "(.*)"/.exec(stderr)?.[1] ?? '';
  expect(run(`grep -c 'type: \\[' ${file}`).stdout).toBe('1\n');
});

test('KUBE_EDITOR is a command of the terminal', () => {
  const { run } = terminal();
  expect(run('KUBE_EDITOR="sed -i s/8080/9091/" kubectl edit svc web').stdout).toBe('service/web edited\n');
  expect(run('KUBE_EDITOR=false kubectl edit svc web').stderr).toBe(
    'error: there was a problem with the editor "false"\n',
  );
  expect(run('EDITOR=nothing-such kubectl edit svc web').stderr).toBe(
    'error: unable to launch the editor "nothing-such"\n',
  );
});

test('without any editor it says so', () => {
  const { run } = terminal();
  expect(run('kubectl edit svc web')).toMatchObject({ exit: 1 });
  expect(run('kubectl edit svc web').stderr).toContain('there is no editor in this terminal');
});

test('create --edit and edit-last-applied go the same way', () => {
  const { run, opened } = terminal((text, round) =>
    round === 1 ? text.replace('name: one', 'name: two') : text,
  );
  run(`printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n' > cm.yaml`);
  expect(run('kubectl create -f cm.yaml --edit').stdout).toBe('configmap/two created\n');
  run('kubectl apply -f cm.yaml');
  expect(run('kubectl apply edit-last-applied cm one').stderr).toBe('Edit cancelled, no changes made.\n');
  expect(opened.at(-1)).toContain("# Please edit the 'last-applied-configuration' annotations below.");
});
