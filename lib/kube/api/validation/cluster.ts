// EndpointSlices, Endpoints, Nodes, Namespaces, ConfigMaps: pkg/apis/discovery/validation, pkg/apis/core/validation.
import type { EndpointSlice, KubeObject, Node } from '@/lib/kube/types';
import { asList, asObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { FieldErrors } from './field-errors';
import { subdomainName, validateMeta } from './meta';
import {
  configMapKey,
  dns1123Label,
  dns1123Subdomain,
  nonSpecialIp,
  portNumber,
  qualifiedName,
  validCidr,
  validIp,
  validIpOf,
  validLabelValue,
} from './texts';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 20_000;
const CONFIG_MAP_LIMIT = 1024 * 1024;

/** ValidateEndpointSlice. */
export function validateEndpointSlice(slice: EndpointSlice, errors: FieldErrors): void {
  validateMeta(slice.metadata, true, subdomainName, errors);
  const { addressType, endpoints, ports } = slice;
  if (!addressType) errors.required('addressType');
  else if (!ADDRESS_TYPES.includes(addressType))
    errors.notSupported('addressType', addressType, ADDRESS_TYPES);
  validateSliceEndpoints(endpoints ?? [], addressType, errors);
  validateSlicePorts(ports ?? [], errors);
}

/** ValidateEndpointSliceUpdate. */
export function validateEndpointSliceUpdate(
  slice: EndpointSlice,
  old: EndpointSlice,
  errors: FieldErrors,
): void {
  validateEndpointSlice(slice, errors);
  if (slice.addressType !== old.addressType)
    errors.invalid('addressType', slice.addressType, 'field is immutable');
}

function validateSliceEndpoints(
  endpoints: NonNullable<EndpointSlice['endpoints']>,
  addressType: string,
  errors: FieldErrors,
): void {
  if (endpoints.length > MOST_ENDPOINTS) {
    errors.tooMany('endpoints', endpoints.length, MOST_ENDPOINTS);
    return;
  }
  for (const [i, endpoint] of endpoints.entries()) {
    const { addresses, nodeName, hostname } = endpoint;
    const path = `endpoints[${i}]`;
    if (addresses.length === 0) errors.required(`${path}.addresses`, 'must contain at least 1 address');
    else if (addresses.length > MOST_ADDRESSES)
      errors.tooMany(`${path}.addresses`, addresses.length, MOST_ADDRESSES);
    for (const [j, address] of addresses.entries()) {
      const at = `${path}.addresses[${j}]`;
      if (addressType === 'IPv4' || addressType === 'IPv6') {
        errors.invalidEach(at, address, validIpOf(addressType, address));
        errors.invalidEach(at, address, nonSpecialIp(address));
      } else if (addressType === 'FQDN') validateFqdn(address, at, errors);
    }
    if (nodeName !== undefined) errors.invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName));
    if (hostname !== undefined) errors.invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname));
    for (const [j, zone] of (endpoint.hints?.forZones ?? []).entries())
      errors.invalidEach(`${path}.hints.forZones[${j}].name`, zone.name, validLabelValue(zone.name));
  }
}

function validateFqdn(name: string, path: string, errors: FieldErrors): void {
  if (name === '') errors.required(path);
  const plain = name.replace(/\.$/, '');
  const faults = dns1123Subdomain(plain);
  errors.invalidEach(path, plain, faults);
  if (faults.length === 0 && plain.split('.').length < 2)
    errors.invalid(path, plain, 'should be a domain with at least two segments separated by dots');
}

function validateSlicePorts(ports: NonNullable<EndpointSlice['ports']>, errors: FieldErrors): void {
  if (ports.length > MOST_PORTS) {
    errors.tooMany('ports', ports.length, MOST_PORTS);
    return;
  }
  const names = new Set<string>();
  for (const [i, { name = '', protocol, port, appProtocol }] of ports.entries()) {
    const path = `ports[${i}]`;
    if (name !== '') errors.invalidEach(`${path}.name`, name, dns1123Label(name));
    if (names.has(name)) errors.duplicate(`${path}.name`, name);
    names.add(name);
    if (port !== undefined) errors.invalidEach(`${path}.port`, port, portNumber(port));
    if (!protocol) errors.required(`${path}.protocol`);
    else if (!PROTOCOLS.includes(protocol)) errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
    if (appProtocol !== undefined)
      errors.invalidEach(`${path}.appProtocol`, appProtocol, qualifiedName(appProtocol));
  }
}

/** ValidateEndpoints. */
export function validateEndpoints(endpoints: KubeObject, errors: FieldErrors): void {
  validateMeta(endpoints.metadata, true, subdomainName, errors);
  const subsets = asList<JsonObject>((endpoints as KubeObject & { subsets?: unknown }).subsets);
  for (const [i, subset] of subsets.entries()) {
    const path = `subsets[${i}]`;
    const ready = asList<JsonObject>(subset['addresses']);
    const unready = asList<JsonObject>(subset['notReadyAddresses']);
    if (ready.length + unready.length === 0)
      errors.required(path, 'must specify `addresses` or `notReadyAddresses`');
    for (const [j, address] of ready.entries()) validateAddress(address, `${path}.addresses[${j}]`, errors);
    for (const [j, address] of unready.entries())
      validateAddress(address, `${path}.notReadyAddresses[${j}]`, errors);
    const ports = asList<JsonObject>(subset['ports']);
    for (const [j, port] of ports.entries())
      validateSubsetPort(port, `${path}.ports[${j}]`, ports.length > 1, errors);
  }
}

function validateAddress(address: JsonObject, path: string, errors: FieldErrors): void {
  const { ip = '', hostname, nodeName } = address as { ip?: string; hostname?: string; nodeName?: string };
  const faults = validIp(ip);
  errors.invalidEach(`${path}.ip`, ip, faults);
  if (hostname) errors.invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname));
  if (nodeName !== undefined) errors.invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName));
  if (faults.length === 0) errors.invalidEach(`${path}.ip`, ip, nonSpecialIp(ip));
}

function validateSubsetPort(port: JsonObject, path: string, needsName: boolean, errors: FieldErrors): void {
  const { name, port: number = 0, protocol } = port as { name?: string; port?: number; protocol?: string };
  if (name) errors.invalidEach(`${path}.name`, name, dns1123Label(name));
  else if (needsName) errors.required(`${path}.name`);
  errors.invalidEach(`${path}.port`, number, portNumber(number));
  if (!protocol) errors.required(`${path}.protocol`);
  else if (!PROTOCOLS.includes(protocol)) errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
}

/** ValidateNode. */
export function validateNode({ metadata, spec }: Node, errors: FieldErrors): void {
  validateMeta(metadata, false, subdomainName, errors);
  const seen = new Set<string>();
  for (const [i, { key = '', value = '', effect = '' }] of (spec?.taints ?? []).entries()) {
    const path = `metadata.taints[${i}]`;
    errors.invalidEach(`${path}.key`, key, qualifiedName(key));
    const faults = validLabelValue(value);
    if (faults.length > 0) errors.invalid(`${path}.value`, value, faults.join(';'));
    if (effect === '') errors.required(`${path}.effect`);
    else if (!EFFECTS.includes(effect)) errors.notSupported(`${path}.effect`, effect, EFFECTS);
    const go = `core.Taint{Key:${JSON.stringify(key)}, Value:${JSON.stringify(value)}, Effect:${JSON.stringify(effect)}, TimeAdded:<nil>}`;
    if (seen.has(`${key}:${effect}`))
      errors.duplicate(path, { go }, 'taints must be unique by key and effect pair');
    seen.add(`${key}:${effect}`);
  }
  for (const [i, cidr] of (spec?.podCIDRs ?? []).entries())
    errors.invalidEach(`spec.podCIDRs[${i}]`, cidr, validCidr(cidr));
}

/** ValidateNodeUpdate. */
export function validateNodeUpdate(node: Node, old: Node, errors: FieldErrors): void {
  validateNode(node, errors);
  const before = old.spec?.podCIDRs ?? [];
  if (before.length > 0 && !sameJson(before, node.spec?.podCIDRs ?? []))
    errors.forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid');
}

/** ValidateConfigMap. */
export function validateConfigMap(map: KubeObject, errors: FieldErrors): void {
  validateMeta(map.metadata, true, subdomainName, errors);
  const { data, binaryData } = map as KubeObject & { data?: unknown; binaryData?: unknown };
  let size = 0;
  for (const [key, value] of Object.entries(asObject(data))) {
    errors.invalidEach(`data[${key}]`, key, configMapKey(key));
    if (asObject(binaryData)[key] !== undefined)
      errors.invalid(`data[${key}]`, key, 'duplicate of key present in binaryData');
    size += String(value).length;
  }
  for (const [key, value] of Object.entries(asObject(binaryData))) {
    errors.invalidEach(`binaryData[${key}]`, key, configMapKey(key));
    size += Math.floor((String(value).length * 3) / 4);
  }
  if (size > CONFIG_MAP_LIMIT) errors.tooLong('', CONFIG_MAP_LIMIT);
}

/** ValidateConfigMapUpdate: what immutable means. */
export function validateConfigMapUpdate(map: KubeObject, old: KubeObject, errors: FieldErrors): void {
  validateConfigMap(map, errors);
  const now = map as KubeObject & JsonObject;
  const before = old as KubeObject & JsonObject;
  if (before['immutable'] !== true) return;
  const detail = 'field is immutable when `immutable` is set';
  for (const field of ['immutable', 'data', 'binaryData'])
    if (!sameJson(now[field], before[field])) errors.forbidden(field, detail);
}

/** ValidateNamespace. */
export const validateNamespace = ({ metadata }: KubeObject, errors: FieldErrors): void =>
  validateMeta(metadata, false, dns1123Label, errors);

export const validateServiceAccount = ({ metadata }: KubeObject, errors: FieldErrors): void =>
  validateMeta(metadata, true, subdomainName, errors);
