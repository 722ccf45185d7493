// What a learner may rely on: texts from ../shared facts of Kubernetes, not from this program's own output.
import { describe, expect, test } from 'vitest';
import { testSession } from '../../testing';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: my-web-app
  ports:
  - name: http
    port: 80
    targetPort: 8080
`;

const session = () =>
  testSession({ files: { 'web.yaml': SERVICE, 'web-81.yaml': SERVICE.replace('port: 80\n', 'port: 81\n') } });

describe('get', () => {
  test('prints the table of the server', () => {
    const { run } = session();
    expect(run('kubectl get svc --no-headers -o custom-columns=N:.metadata.name,T:.spec.type')).toMatchObject(
      {
        stdout: 'kubernetes   ClusterIP\n',
        exit: 0,
      },
    );
    expect(run('kubectl get svc kubernetes').stdout).toMatch(
      /^NAME {9}TYPE {8}CLUSTER-IP {3}EXTERNAL-IP {3}PORT\(S\) {3}AGE\nkubernetes {3}ClusterIP {3}10\.96\.0\.1 {4}<none> {8}443\/TCP {3}\S+\n$/,
    );
  });

  test('says what is not there on stderr', () => {
    const { run } = session();
    expect(run('kubectl get svc nope')).toMatchObject({
      stdout: '',
      stderr: 'Error from server (NotFound): services "nope" not found\n',
      exit: 1,
    });
    expect(run('kubectl get svcs').stderr).toBe(`error: the server doesn't have a resource type "svcs"\n`);
    expect(run('kubectl get pods -n nowhere')).toMatchObject({
      stderr: 'No resources found in nowhere namespace.\n',
      exit: 0,
    });
  });

  test('prints fields by jsonpath and go-template', () => {
    const { run } = session();
    expect(run(`kubectl get svc kubernetes -o jsonpath='{.spec.ports[*].port}'`).stdout).toBe('443');
    expect(
      run(`kubectl get svc -o go-template='{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}'`).stdout,
    ).toBe('kubernetes\n');
    expect(run(`kubectl get svc -o jsonpath='{.spec'`).stderr).toBe(
      'error: error parsing jsonpath {.spec, unclosed action\n',
    );
  });
});

describe('apply', () => {
  test('creates, leaves, changes', () => {
    const { run } = session();
    expect(run('kubectl apply -f web.yaml').stdout).toBe('service/shop created\n');
    expect(run('kubectl apply -f web.yaml').stdout).toBe('service/shop unchanged\n');
    expect(run('kubectl apply -f web-81.yaml').stdout).toBe('service/shop configured\n');
    expect(run(`kubectl get svc shop -o jsonpath='{.spec.ports[*].port}'`).stdout).toBe('81');
    expect(run('kubectl apply -f nope.yaml').stderr).toBe('error: the path "nope.yaml" does not exist\n');
  });

  test('warns of objects that were made otherwise', () => {
    const { run } = session();
    run('kubectl create -f web.yaml');
    expect(run('kubectl apply -f web.yaml').stderr).toBe(
      'Warning: resource services/shop is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n',
    );
  });
});

test('labels: set, refused, overwritten, removed', () => {
  const { run } = session();
  run('kubectl apply -f web.yaml');
  expect(run('kubectl label svc shop tier=front').stdout).toBe('service/shop labeled\n');
  expect(run('kubectl label svc shop tier=back').stderr).toBe(
    "error: 'tier' already has a value (front), and --overwrite is false\n",
  );
  expect(run('kubectl label svc shop tier=back --overwrite').stdout).toBe('service/shop labeled\n');
  expect(run('kubectl label svc shop tier=back').stdout).toBe('service/shop not labeled\n');
  expect(run('kubectl label svc shop tier-').stdout).toBe('service/shop unlabeled\n');
  expect(run('kubectl label svc shop zz-').stdout).toBe('label "zz" not found.\nservice/shop not labeled\n');
});

test('a rollout is told step by step, and Pods can be waited for', () => {
  const { run } = session();
  expect(run('kubectl create deployment pay --image=nginx --replicas=2').stdout).toBe(
    'deployment.apps/pay created\n',
  );
  const status = run('kubectl rollout status deploy/pay --timeout=60s');
  expect(status.exit).toBe(0);
  expect(status.stdout).toMatch(/deployment "pay" successfully rolled out\n$/);
  expect(run('kubectl scale deploy pay --replicas=3').stdout).toBe('deployment.apps/pay scaled\n');
  expect(run('kubectl wait --for=condition=Available deploy/pay --timeout=60s').stdout).toBe(
    'deployment.apps/pay condition met\n',
  );
  expect(run('kubectl delete deploy pay').stdout).toBe('deployment.apps "pay" deleted\n');
});

test('a watch ends with the request timeout, exit code 0', () => {
  const { run } = session();
  expect(run('kubectl get svc kubernetes -w --request-timeout=2s').exit).toBe(0);
});

test('what this terminal has not says so in one line', () => {
  const { run } = session();
  expect(run('kubectl cp a b')).toMatchObject({
    stderr: 'error: kubectl cp is not available in this terminal\n',
    exit: 1,
  });
  expect(run('kubectl top pods').stderr).toBe('error: Metrics API not available\n');
});

test('completes verbs, types, names and namespaces', () => {
  const { session: terminal } = session();
  expect(terminal.complete('kubectl ge').words).toContain('get');
  expect(terminal.complete('kubectl get svc kub').words).toContain('kubernetes');
  expect(terminal.complete('kubectl get svc -n kube-').words).toContain('kube-system');
});
