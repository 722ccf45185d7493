// Volumes: k8s.io/api/core/v1/types.go VolumeSource. The sources of cloud providers and old drivers are known by name only.
import { fieldRef, resourceFieldRef } from './container';
import { labelSelector, objectMeta, resourceList } from './meta';
import {
  anything,
  bool,
  int32,
  int64,
  labels,
  list,
  named,
  obj,
  ptr,
  quantity,
  retaining,
  str,
  when,
} from './types';

const keyToPath = list(obj('v1.KeyToPath', { key: str, path: str, mode: ptr(int32) }, ['key', 'path']));
const downwardFile = obj(
  'v1.DownwardAPIVolumeFile',
  { path: str, fieldRef, resourceFieldRef, mode: ptr(int32) },
  ['path'],
);

const projection = obj('v1.VolumeProjection', {
  secret: obj('v1.SecretProjection', { name: str, items: keyToPath, optional: ptr(bool) }),
  downwardAPI: obj('v1.DownwardAPIProjection', { items: list(downwardFile) }),
  configMap: obj('v1.ConfigMapProjection', { name: str, items: keyToPath, optional: ptr(bool) }),
  serviceAccountToken: obj(
    'v1.ServiceAccountTokenProjection',
    { audience: str, expirationSeconds: ptr(int64), path: str },
    ['path'],
  ),
  clusterTrustBundle: when('clusterTrustBundleField', anything),
});

export const claimSpec = obj('v1.PersistentVolumeClaimSpec', {
  accessModes: list(named('v1.PersistentVolumeAccessMode')),
  selector: labelSelector,
  resources: obj('v1.VolumeResourceRequirements', { limits: resourceList, requests: resourceList }),
  volumeName: str,
  storageClassName: ptr(str),
  volumeMode: ptr(named('v1.PersistentVolumeMode', 'Block', 'Filesystem')),
  dataSource: anything,
  dataSourceRef: anything,
});

export const volume = retaining(
  obj(
    'v1.Volume',
    {
      name: str,
      emptyDir: obj('v1.EmptyDirVolumeSource', { medium: named('v1.StorageMedium'), sizeLimit: quantity }),
      hostPath: obj(
        'v1.HostPathVolumeSource',
        {
          path: str,
          type: ptr(
            named(
              'v1.HostPathType',
              '',
              'DirectoryOrCreate',
              'Directory',
              'FileOrCreate',
              'File',
              'Socket',
              'CharDevice',
              'BlockDevice',
            ),
          ),
        },
        ['path'],
      ),
      configMap: obj('v1.ConfigMapVolumeSource', {
        name: str,
        items: keyToPath,
        defaultMode: ptr(int32),
        optional: ptr(bool),
      }),
      secret: obj('v1.SecretVolumeSource', {
        secretName: str,
        items: keyToPath,
        defaultMode: ptr(int32),
        optional: ptr(bool),
      }),
      downwardAPI: obj('v1.DownwardAPIVolumeSource', { items: list(downwardFile), defaultMode: ptr(int32) }),
      projected: obj('v1.ProjectedVolumeSource', { sources: ptr(list(projection)), defaultMode: ptr(int32) }),
      persistentVolumeClaim: obj('v1.PersistentVolumeClaimVolumeSource', { claimName: str, readOnly: bool }, [
        'claimName',
      ]),
      nfs: obj('v1.NFSVolumeSource', { server: str, path: str, readOnly: bool }, ['server', 'path']),
      csi: obj(
        'v1.CSIVolumeSource',
        {
          driver: str,
          readOnly: ptr(bool),
          fsType: ptr(str),
          volumeAttributes: labels,
          nodePublishSecretRef: obj('v1.LocalObjectReference', { name: str }),
        },
        ['driver'],
      ),
      ephemeral: obj('v1.EphemeralVolumeSource', {
        volumeClaimTemplate: obj(
          'v1.PersistentVolumeClaimTemplate',
          { metadata: objectMeta, spec: claimSpec },
          ['spec'],
        ),
      }),
      image: when(
        'imageVolumeField',
        obj('v1.ImageVolumeSource', {
          reference: str,
          pullPolicy: named('v1.PullPolicy', 'Always', 'IfNotPresent', 'Never'),
        }),
      ),
      gitRepo: obj('v1.GitRepoVolumeSource', { repository: str, revision: str, directory: str }, [
        'repository',
      ]),
      iscsi: anything,
      glusterfs: anything,
      rbd: anything,
      flexVolume: anything,
      cinder: anything,
      cephfs: anything,
      flocker: anything,
      fc: anything,
      azureFile: anything,
      azureDisk: anything,
      vsphereVolume: anything,
      quobyte: anything,
      photonPersistentDisk: anything,
      portworxVolume: anything,
      scaleIO: anything,
      storageos: anything,
      gcePersistentDisk: anything,
      awsElasticBlockStore: anything,
    },
    ['name'],
  ),
);

/** The fields of a volume that name its source. */
export const volumeSources: readonly string[] = Object.keys(volume.properties ?? {}).filter(
  (field) => field !== 'name',
);
