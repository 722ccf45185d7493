// Images that cannot be pulled. No registry stands behind the simulated nodes: every image is there, but for those whose name says
// that it is not. Models pkg/kubelet/images/image_manager.go; the words are those of containerd.
import { normalizedImage, imageName } from './images';

export interface PullFault {
  /** InvalidImageName is found before anything is pulled. */
  readonly reason: 'ErrImagePull' | 'InvalidImageName';
  readonly message: string;
}

/** Tags and names that say themselves that there is no such image. */
const MISSING = /^(?:does-?not-?exist|non-?existent|not-?found|no-such-(?:tag|image)|missing|typo|nope)$/;
/** Official images of Docker Hub: a name one slip away from one of these is nobody's image. */
const OFFICIAL = ['nginx', 'busybox'];

const known = new Map<string, PullFault | null>();

/**
 * Why an image cannot be pulled; undefined: it can. It cannot if its registry's name ends in .invalid (RFC 2606), if its tag or its
 * last segment says so (does-not-exist, missing …), if it is a slip of nginx or busybox (ngnix), or if the name is no image name.
 */
export function pullFault(image: string): PullFault | undefined {
  let fault = known.get(image);
  if (fault === undefined) {
    fault = findFault(image) ?? null;
    if (known.size < 1000) known.set(image, fault);
  }
  return fault ?? undefined;
}

function findFault(image: string): PullFault | undefined {
  const invalid = invalidName(image);
  if (invalid !== undefined)
    return {
      reason: 'InvalidImageName',
      message: `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${invalid}`,
    };
  const full = normalizedImage(image);
  const head = `failed to pull and unpack image "${full}": failed to resolve reference "${full}": `;
  const failed = (message: string): PullFault => ({ reason: 'ErrImagePull', message });
  const registry = full.split('/')[0] ?? '';
  if (/\.invalid(:\d+)?$/.test(registry)) {
    const [host = ''] = registry.split(':');
    const path = full.slice(registry.length + 1).replace(/[:@][^/]*$/, '');
    const tag = /:([^/:@]+)$/.exec(full)?.[1] ?? 'latest';
    return failed(
      `${head}failed to do request: Head "https://${registry}/v2/${path}/manifests/${tag}": dial tcp: lookup ${host}: no such host`,
    );
  }
  const name = imageName(image);
  const bare = !image.includes('/') && OFFICIAL.some((official) => isSlip(name, official));
  if (bare || MISSING.test(name))
    return failed(
      `${head}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
    );
  const tag = /:([^/:@]+)$/.exec(full)?.[1] ?? '';
  return MISSING.test(tag)
    ? failed(`rpc error: code = NotFound desc = ${head}${full}: not found`)
    : undefined;
}

/** What distribution/reference says of a name that is none; undefined: it is one. */
function invalidName(image: string): string | undefined {
  const repository = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const first = repository.split('/')[0] ?? '';
  const host = repository.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const path = host ? repository.slice(first.length + 1) : repository;
  if (/^[A-Za-z0-9._/-]+$/.test(path) && /[A-Z]/.test(path))
    return `invalid reference format: repository name (${host || path.includes('/') ? path : `library/${path}`}) must be lowercase`;
  const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
  return new RegExp(`^${component}(?:/${component})*$`).test(path) ? undefined : 'invalid reference format';
}

/** One letter left out, doubled, wrong or swapped with its neighbour. */
function isSlip(name: string, official: string): boolean {
  if (name === official || Math.abs(name.length - official.length) > 1) return false;
  let start = 0;
  while (start < name.length && name[start] === official[start]) start++;
  const a = name.slice(start);
  const b = official.slice(start);
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
