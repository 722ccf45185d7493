// resourceVersions in requests: decimal numbers (k8s.io/apiserver pkg/storage/api_object_versioner.go).
import { badRequest } from '@/lib/kube/api/status';
import type { Status } from '@/lib/kube/api/types';

/** A resourceVersion as a number; undefined for what is none. */
export const parseVersion = (text: string): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined;

export const badResourceVersion = (text: string): Status =>
  badRequest(
    `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
