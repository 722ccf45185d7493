// NetworkPolicies, Ingresses, disruption budgets: pkg/apis/networking/validation/validation.go, pkg/apis/policy/validation.
import { contains, parseCidr } from '@/lib/core/ip';
import { asList, asObject, isObject, type JsonObject } from '@/lib/kube/api/json';
import type { KubeObject, LabelSelector } from '@/lib/kube/types';
import { goSlice, type FieldErrors } from './field-errors';
import { subdomainName, validateMeta, validateSelector } from './meta';
import { dns1035Label, dns1123Subdomain, portName, portNumber, validCidr } from './texts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICY_TYPES = ['Ingress', 'Egress'];
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

/** ValidateNetworkPolicy. */
export function validateNetworkPolicy({ metadata, spec }: KubeObject, errors: FieldErrors): void {
  validateMeta(metadata, true, subdomainName, errors);
  const { podSelector, ingress, egress, policyTypes } = asObject(spec);
  validateSelector((podSelector ?? {}) as LabelSelector, 'spec.podSelector', errors);
  for (const [direction, list, peer] of [
    ['ingress', ingress, 'from'],
    ['egress', egress, 'to'],
  ] as const)
    for (const [i, rule] of asList(list).entries()) {
      const path = `spec.${direction}[${i}]`;
      for (const [j, port] of asList(asObject(rule)['ports']).entries())
        policyPort(asObject(port), `${path}.ports[${j}]`, errors);
      for (const [j, one] of asList(asObject(rule)[peer]).entries())
        policyPeer(asObject(one), `${path}.${peer}[${j}]`, errors);
    }
  const types = asList<string>(policyTypes);
  if (types.length > POLICY_TYPES.length) {
    const given = goSlice(types, '[]networking.PolicyType');
    errors.invalid('spec.policyTypes', given, 'may not specify more than two policyTypes');
    return;
  }
  for (const [i, type] of types.entries())
    if (!POLICY_TYPES.includes(type)) errors.notSupported(`spec.policyTypes[${i}]`, type, POLICY_TYPES);
}

function policyPort({ protocol, port, endPort }: JsonObject, path: string, errors: FieldErrors): void {
  if (protocol !== undefined && !PROTOCOLS.includes(protocol as string))
    errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
  const end = endPort as number | undefined;
  if (typeof port === 'number') {
    errors.invalidEach(`${path}.port`, port, portNumber(port));
    if (end === undefined) return;
    if (end < port) errors.invalid(`${path}.endPort`, port, 'must be greater than or equal to `port`');
    errors.invalidEach(`${path}.endPort`, end, portNumber(end));
  } else if (typeof port === 'string') {
    if (end !== undefined)
      errors.invalid(`${path}.endPort`, end, 'may not be specified when `port` is non-numeric');
    errors.invalidEach(`${path}.port`, port, portName(port));
  } else if (end !== undefined)
    errors.invalid(`${path}.endPort`, end, 'may not be specified when `port` is not specified');
}

function policyPeer(peer: JsonObject, path: string, errors: FieldErrors): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (podSelector) validateSelector(podSelector, `${path}.podSelector`, errors);
  if (namespaceSelector) validateSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  if (isObject(ipBlock)) policyBlock(ipBlock, `${path}.ipBlock`, errors);
  const count = [podSelector, namespaceSelector, ipBlock].filter((p) => p !== undefined).length;
  if (count === 0) errors.required(path, 'must specify a peer');
  else if (count > 1 && ipBlock) errors.forbidden(path, 'may not specify both ipBlock and another peer');
}

function policyBlock({ cidr, except }: JsonObject, path: string, errors: FieldErrors): void {
  if (typeof cidr !== 'string' || cidr === '') {
    errors.required(`${path}.cidr`);
    return;
  }
  const faults = validCidr(cidr);
  errors.invalidEach(`${path}.cidr`, cidr, faults);
  const block = parseCidr(cidr);
  if (faults.length > 0 || !block) return;
  for (const [i, text] of asList<string>(except).entries()) {
    const at = `${path}.except[${i}]`;
    const wrong = validCidr(text);
    errors.invalidEach(at, text, wrong);
    const inner = parseCidr(text);
    if (wrong.length > 0 || !inner) continue;
    const isInside =
      contains(block, { family: inner.family, value: inner.base }) && inner.prefix > block.prefix;
    if (!isInside) errors.invalid(at, text, 'must be a strict subset of `cidr`');
  }
}

/** ValidateIngressCreate. */
export function validateIngress({ metadata, spec }: KubeObject, errors: FieldErrors): void {
  validateMeta(metadata, true, subdomainName, errors);
  const { defaultBackend, rules, ingressClassName } = asObject(spec);
  if (asList(rules).length === 0 && !defaultBackend)
    errors.invalid(
      'spec',
      { go: JSON.stringify(rules ?? []) },
      'either `defaultBackend` or `rules` must be specified',
    );
  if (isObject(defaultBackend)) ingressBackend(defaultBackend, 'spec.defaultBackend', errors);
  for (const [i, rule] of asList(rules).entries()) ingressRule(asObject(rule), `spec.rules[${i}]`, errors);
  if (typeof ingressClassName === 'string')
    errors.invalidEach('spec.ingressClassName', ingressClassName, dns1123Subdomain(ingressClassName));
}

function ingressRule({ host, http }: JsonObject, path: string, errors: FieldErrors): void {
  if (typeof host === 'string' && host !== '')
    errors.invalidEach(`${path}.host`, host, dns1123Subdomain(host.replace(/^\*\./, '')));
  if (!isObject(http)) return;
  const paths = asList(http['paths']);
  if (paths.length === 0) errors.required(`${path}.http.paths`);
  for (const [i, item] of paths.entries()) {
    const at = `${path}.http.paths[${i}]`;
    const { path: given, pathType, backend } = asObject(item);
    if (pathType === undefined) errors.required(`${at}.pathType`, 'pathType must be specified');
    else if (!PATH_TYPES.includes(pathType as string))
      errors.notSupported(`${at}.pathType`, pathType, PATH_TYPES);
    else if (pathType !== 'ImplementationSpecific' && !(typeof given === 'string' && given.startsWith('/')))
      errors.invalid(`${at}.path`, given ?? '', 'must be an absolute path');
    ingressBackend(asObject(backend), `${at}.backend`, errors);
  }
}

function ingressBackend({ service, resource }: JsonObject, path: string, errors: FieldErrors): void {
  if (resource) return;
  if (!isObject(service)) {
    errors.required(path, 'port name or number is required');
    return;
  }
  const { name, port } = service;
  const { name: portText, number } = asObject(port);
  if (typeof name !== 'string' || name === '') errors.required(`${path}.service.name`);
  else errors.invalidEach(`${path}.service.name`, name, dns1035Label(name));
  const hasName = typeof portText === 'string' && portText !== '';
  const hasNumber = typeof number === 'number' && number !== 0;
  if (hasName && hasNumber)
    errors.invalid(path, { go: JSON.stringify(service) }, 'cannot set both port name & port number');
  else if (hasName) errors.invalidEach(`${path}.service.port.name`, portText, portName(portText));
  else if (hasNumber) errors.invalidEach(`${path}.service.port.number`, number, portNumber(number));
  else errors.required(path, 'port name or number is required');
}

/** ValidatePodDisruptionBudget. */
export function validateDisruptionBudget({ metadata, spec }: KubeObject, errors: FieldErrors): void {
  validateMeta(metadata, true, subdomainName, errors);
  const { minAvailable, maxUnavailable, selector } = asObject(spec);
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.invalid(
      'spec',
      { go: JSON.stringify(spec) },
      'minAvailable and maxUnavailable cannot be both set',
    );
  for (const [name, value] of Object.entries({ minAvailable, maxUnavailable }))
    if (typeof value === 'number') errors.nonNegative(`spec.${name}`, value);
  if (selector) validateSelector(selector, 'spec.selector', errors);
}
