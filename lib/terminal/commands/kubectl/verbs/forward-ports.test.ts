// The ports of `kubectl port-forward`, as kubectl 1.32 tells them.
import { beforeAll, expect, test } from 'vitest';
import { testSession, type TestSession } from '../../../testing';

const OBJECTS = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: my-web-app, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - {name: main, port: 80, targetPort: http}
    - {name: lost, port: 81, targetPort: nowhere}
    - {name: dns, port: 53, protocol: UDP}
`;

let run: TestSession['run'];
beforeAll(() => {
  run = testSession({ files: { 'web.yaml': OBJECTS } }).run;
  run('kubectl apply -f web.yaml');
  run('kubectl wait --for=condition=Ready pod/web');
});

test.each([
  ['svc/web 18080:80', '18080 -> 8080'],
  ['svc/web :80', '40001 -> 8080'],
  ['pod/web http', '8080 -> 8080'],
  ['web 18080:http', '18080 -> 8080'],
])('%s', (args, said) => {
  const lines = ['127.0.0.1', '[::1]'].map((address) => `Forwarding from ${address}:${said}\n`);
  expect(run(`kubectl port-forward ${args}`).stdout).toBe(lines.join(''));
});

test.each(['svc/web 80', 'svc/web main'])('%s asks for a port that is root’s', (args) => {
  const { stdout, stderr, exit } = run(`kubectl port-forward ${args}`);
  expect([stdout, exit]).toEqual(['', 1]);
  expect(stderr).toContain('Error listen tcp4 127.0.0.1:80: bind: permission denied');
  expect(stderr).toContain('error: unable to listen on any of the requested ports: [{80 8080}]\n');
});

test.each([
  ['svc/web 82', 'Service web does not have a service port 82'],
  ['svc/web x', "Service 'web' does not have a named port 'x'"],
  ['svc/web lost', "Pod 'web' does not have a named port 'nowhere'"],
  ['svc/web dns', 'UDP protocol is not supported for dns'],
  ['web 18080:', "Pod 'web' does not have a named port ''"],
  ['web 0', 'remote port must be > 0'],
  [
    'web 70000:80',
    'error parsing local port \'70000\': strconv.ParseUint: parsing "70000": value out of range',
  ],
  ['web a:8080', 'error parsing local port \'a\': strconv.ParseUint: parsing "a": invalid syntax'],
])('%s is refused', (args, said) => {
  expect(run(`kubectl port-forward ${args}`)).toMatchObject({
    stdout: '',
    stderr: `error: ${said}\n`,
    exit: 1,
  });
});
