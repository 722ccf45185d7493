import { describe, expect, test } from 'vitest';
import type { Service, ServiceSpec } from '@/lib/kube/types';
import { messageOf, must, service, testApi } from './testing';

const port = { port: 80 };
const create = (spec: ServiceSpec, cidrs?: string[], k8s: '1.28' | '1.32' = '1.32'): ServiceSpec =>
  must(testApi({ k8s, ...(cidrs ? { serviceCIDRs: cidrs } : {}) }).api.create(service(spec))).spec;

/** The spec after each of these updates (as a client that knows nothing of what was allocated). */
function history(...specs: ServiceSpec[]): ServiceSpec[] {
  const { api } = testApi();
  const [first = {}, ...rest] = specs;
  return [must(api.create(service(first))).spec, ...rest.map((spec) => must(api.update(service(spec))).spec)];
}

describe('cluster IPs', () => {
  test('come from behind the first 256 addresses, which are left to values given by hand', () => {
    const { api } = testApi();
    const ips = Array.from(
      { length: 300 },
      (_, i) => must(api.create(service({ ports: [port] }, `s${i}`))).spec.clusterIP ?? '',
    );
    expect(new Set(ips).size).toBe(300);
    for (const ip of ips) expect(Number(ip.split('.')[2])).toBeGreaterThanOrEqual(1);
  });

  test('fill the first addresses when all others are taken, then run out', () => {
    const { api } = testApi({ serviceCIDRs: ['10.96.0.0/27'] });
    const ips = Array.from(
      { length: 30 },
      (_, i) => must(api.create(service({ ports: [port] }, `s${i}`))).spec.clusterIP ?? '',
    );
    const last = ips.map((ip) => Number(ip.split('.')[3]));
    expect(Math.min(...last.slice(0, 14))).toBeGreaterThan(16);
    expect([...last].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(messageOf(api.create(service({ ports: [port] }, 'more')))).toBe(
      'Internal error occurred: failed to allocate a serviceIP: range is full',
    );
  });

  test('are given by hand', () => {
    expect(create({ ports: [port], clusterIP: '10.96.0.10' })).toMatchObject({
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    const { api } = testApi();
    const refused = (clusterIP: string): string =>
      messageOf(api.create(service({ ports: [port], clusterIP }, 'b')));
    must(api.create(service({ ports: [port], clusterIP: '10.96.0.10' })));
    expect(refused('10.96.0.10')).toBe(
      'Service "b" is invalid: spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    );
    expect(refused('10.0.0.1')).toBe(
      'Service "b" is invalid: spec.clusterIPs: Invalid value: []string{"10.0.0.1"}: failed to allocate IP 10.0.0.1: the provided IP (10.0.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/16',
    );
    expect(refused('10.96.255.255')).toContain('is not in the valid range');
    expect(refused('fd00::1')).toBe(
      'Service "b" is invalid: spec.clusterIPs[0]: Invalid value: []string{"fd00::1"}: IPv6 is not configured on this cluster',
    );
  });

  test('of two families, if the cluster has them', () => {
    const cidrs = ['10.96.0.0/16', 'fd00:10::/112'];
    expect(create({ ports: [port] }, cidrs).ipFamilies).toEqual(['IPv4']);
    const dual = create({ ports: [port], ipFamilyPolicy: 'PreferDualStack' }, cidrs);
    expect(dual.ipFamilies).toEqual(['IPv4', 'IPv6']);
    expect(dual.clusterIPs?.[1]).toMatch(/^fd00:10::/);
    expect(create({ ports: [port], ipFamilyPolicy: 'PreferDualStack' }).ipFamilies).toEqual(['IPv4']);
    const v6 = create({ ports: [port], ipFamilies: ['IPv6'] }, cidrs);
    expect([v6.clusterIP, v6.ipFamilyPolicy]).toEqual([expect.stringMatching(/^fd00:10::/), 'SingleStack']);
  });

  test('are not for headless Services; without a selector these get both families', () => {
    expect(create({ clusterIP: 'None', selector: { a: 'b' } })).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    expect(create({ clusterIP: 'None' })).toMatchObject({
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
    });
  });
});

describe('node ports', () => {
  test('come from behind the first 86 ports', () => {
    const { api } = testApi();
    for (let i = 0; i < 200; i++) {
      const { ports } = must(api.create(service({ type: 'NodePort', ports: [port] }, `s${i}`))).spec;
      expect(ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_086);
      expect(ports?.[0]?.nodePort).toBeLessThanOrEqual(32_767);
    }
  });

  test('are one for TCP and UDP of the same port', () => {
    const { ports = [] } = create({
      type: 'NodePort',
      ports: [
        { name: 'a', port: 53 },
        { name: 'b', port: 53, protocol: 'UDP' },
        { name: 'c', port: 80 },
      ],
    });
    expect(ports[0]?.nodePort).toBe(ports[1]?.nodePort);
    expect(ports[2]?.nodePort).not.toBe(ports[0]?.nodePort);
  });

  test('out of the range are refused', () => {
    const result = testApi().api.create(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 8080 }] }));
    expect(messageOf(result)).toBe(
      'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
  });

  test('a load balancer can do without them; with policy Local it gets a health-check port', () => {
    const without = create({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [port] });
    expect(without.ports?.[0]?.nodePort).toBeUndefined();
    const local = create({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [port] });
    expect(local.healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
    expect(local.healthCheckNodePort).not.toBe(local.ports?.[0]?.nodePort);
  });
});

describe('updates', () => {
  test('keep what was allocated although the request leaves it out', () => {
    const [before, after] = history(
      { type: 'NodePort', ports: [{ name: 'http', port: 80 }] },
      {
        type: 'NodePort',
        ports: [
          { name: 'http', port: 8080 },
          { name: 'more', port: 81 },
        ],
      },
    );
    expect(after?.clusterIP).toBe(before?.clusterIP);
    expect(after?.ports?.[0]?.nodePort).toBe(before?.ports?.[0]?.nodePort);
    expect(after?.ports?.[1]?.nodePort).toBeGreaterThanOrEqual(30_086);
  });

  test('to another type give back what it does not need', () => {
    const nodePort: ServiceSpec = { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] };
    const { api } = testApi();
    const live = must(api.create(service(nodePort)));
    const plain = must(api.update<Service>({ ...live, spec: { ...live.spec, type: 'ClusterIP' } }));
    expect(plain.spec.ports?.[0]?.nodePort).toBeUndefined();
    expect(plain.spec.externalTrafficPolicy).toBeUndefined();
    expect(plain.spec.clusterIP).toBe(live.spec.clusterIP);
    must(api.create(service(nodePort, 'other')));
    const external = must(
      api.update<Service>({
        ...plain,
        spec: { ...plain.spec, type: 'ExternalName', externalName: 'a.example' },
      }),
    );
    expect(external.spec).not.toHaveProperty('clusterIP');
    expect(external.spec).not.toHaveProperty('clusterIPs');
    expect(external.spec).not.toHaveProperty('ipFamilies');
    must(api.create(service({ ports: [port], clusterIP: live.spec.clusterIP ?? '' }, 'third')));
    const back = must(api.update(service({ type: 'ClusterIP', ports: [port] })));
    expect(back.spec.clusterIP).toMatch(/^10\.96\./);
    expect(back.spec.clusterIP).not.toBe(live.spec.clusterIP);
  });

  test('add and drop the second family', () => {
    const { api } = testApi({ serviceCIDRs: ['10.96.0.0/16', 'fd00:10::/112'] });
    const live = must(api.create(service({ ports: [port] })));
    const dual = must(
      api.update<Service>({ ...live, spec: { ...live.spec, ipFamilyPolicy: 'RequireDualStack' } }),
    );
    expect(dual.spec.clusterIPs?.length).toBe(2);
    expect(dual.spec.clusterIP).toBe(live.spec.clusterIP);
    const single = must(
      api.update<Service>({ ...dual, spec: { ...dual.spec, ipFamilyPolicy: 'SingleStack' } }),
    );
    expect(single.spec.clusterIPs).toEqual([live.spec.clusterIP]);
    expect(single.spec.ipFamilies).toEqual(['IPv4']);
  });
});
