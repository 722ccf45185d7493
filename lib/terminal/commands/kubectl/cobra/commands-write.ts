// kubectl's commands as its own -h says them: "path (aliases): summary", then the usage line, then the flags as "shorthand,name=default" with
// "@31" for what came with 1.31, "@28-30" for what went after 1.30. Facts of the tool, read from kubectl 1.28 to 1.33. Types follow from the defaults (flag-table.ts).

export const WRITE_COMMANDS = String.raw`
kubectl: 
  kubectl [flags] [options]
create: Create a resource from a file or from stdin
  kubectl create -f FILENAME [options]
  allow-missing-template-keys=true dry-run="none" edit=false field-manager="kubectl-create" f,filename=[] k,kustomize= o,output= raw= R,recursive=false save-config=false l,selector= show-managed-fields=false template= validate="strict" windows-line-endings=false
create clusterrole: Create a cluster role
  kubectl create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none] [options]
  aggregation-rule= allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" non-resource-url=[] o,output= resource=[] resource-name=[] save-config=false show-managed-fields=false template= validate="strict" verb=[]
create clusterrolebinding: Create a cluster role binding for a particular cluster role
  kubectl create clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true clusterrole= dry-run="none" field-manager="kubectl-create" group=[] o,output= save-config=false serviceaccount=[] show-managed-fields=false template= user=[] validate="strict"
create configmap (cm): Create a config map from a local file, directory or literal value
  kubectl create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true append-hash=false dry-run="none" field-manager="kubectl-create" from-env-file=[] from-file=[] from-literal={} o,output= save-config=false show-managed-fields=false template= validate="strict"
create cronjob (cj): Create a cron job with the specified name
  kubectl create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" image= o,output= restart= save-config=false schedule= show-managed-fields=false template= validate="strict"
create deployment (deploy): Create a deployment with the specified name
  kubectl create deployment NAME --image=image -- [COMMAND] [args...] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" image=[] o,output= port=-1 r,replicas=1 save-config=false show-managed-fields=false template= validate="strict"
create ingress (ing): Create an ingress with the specified name
  kubectl create ingress NAME --rule=host/path=service:port[,tls[=secret]]  [options]
  allow-missing-template-keys=true annotation={} class= default-backend= dry-run="none" field-manager="kubectl-create" o,output= rule={} save-config=false show-managed-fields=false template= validate="strict"
create job: Create a job with the specified name
  kubectl create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" from= image= o,output= save-config=false show-managed-fields=false template= validate="strict"
create namespace (ns): Create a namespace with the specified name
  kubectl create namespace NAME [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" o,output= save-config=false show-managed-fields=false template= validate="strict"
create poddisruptionbudget (pdb): Create a pod disruption budget with the specified name
  kubectl create poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" max-unavailable= min-available= o,output= save-config=false selector= show-managed-fields=false template= validate="strict"
create priorityclass (pc): Create a priority class with the specified name
  kubectl create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true description= dry-run="none" field-manager="kubectl-create" global-default=false o,output= preemption-policy="PreemptLowerPriority" save-config=false show-managed-fields=false template= validate="strict" value=0
create quota (resourcequota): Create a quota with the specified name
  kubectl create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" hard= o,output= save-config=false scopes= show-managed-fields=false template= validate="strict"
create role: Create a role with single rule
  kubectl create role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" o,output= resource=[] resource-name=[] save-config=false show-managed-fields=false template= validate="strict" verb=[]
create rolebinding: Create a role binding for a particular role or cluster role
  kubectl create rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true clusterrole= dry-run="none" field-manager="kubectl-create" group=[] o,output= role= save-config=false serviceaccount=[] show-managed-fields=false template= user=[] validate="strict"
create secret: Create a secret using a specified subcommand
  kubectl create secret (docker-registry | generic | tls) [options]
create secret docker-registry: Create a secret for use with a Docker registry
  kubectl create secret docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true append-hash=false docker-email= docker-password= docker-server="https://index.docker.io/v1/" docker-username= dry-run="none" field-manager="kubectl-create" from-file=[] o,output= save-config=false show-managed-fields=false template= validate="strict"
create secret generic: Create a secret from a local file, directory, or literal value
  kubectl create secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true append-hash=false dry-run="none" field-manager="kubectl-create" from-env-file=[] from-file=[] from-literal={} o,output= save-config=false show-managed-fields=false template= type= validate="strict"
create secret tls: Create a TLS secret
  kubectl create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true append-hash=false cert= dry-run="none" field-manager="kubectl-create" key= o,output= save-config=false show-managed-fields=false template= validate="strict"
create service (svc): Create a service using a specified subcommand
  kubectl create service [flags] [options]
create service clusterip: Create a ClusterIP service
  kubectl create service clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true clusterip= dry-run="none" field-manager="kubectl-create" o,output= save-config=false show-managed-fields=false tcp=[] template= validate="strict"
create service externalname: Create an ExternalName service
  kubectl create service externalname NAME --external-name external.name [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" external-name= field-manager="kubectl-create" o,output= save-config=false show-managed-fields=false tcp=[] template= validate="strict"
create service loadbalancer: Create a LoadBalancer service
  kubectl create service loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" o,output= save-config=false show-managed-fields=false tcp=[] template= validate="strict"
create service nodeport: Create a NodePort service
  kubectl create service nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" node-port=0 o,output= save-config=false show-managed-fields=false tcp=[] template= validate="strict"
create serviceaccount (sa): Create a service account with the specified name
  kubectl create serviceaccount NAME [--dry-run=server|client|none] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-create" o,output= save-config=false show-managed-fields=false template= validate="strict"
create token: Request a service account token
  kubectl create token SERVICE_ACCOUNT_NAME [options]
  allow-missing-template-keys=true audience=[] bound-object-kind= bound-object-name= bound-object-uid= duration=0s o,output= show-managed-fields=false template=
expose: Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service
  kubectl expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type] [options]
  allow-missing-template-keys=true cluster-ip= dry-run="none" external-ip= field-manager="kubectl-expose" f,filename=[] k,kustomize= l,labels= load-balancer-ip= name= o,output= override-type="merge" overrides= port= protocol= R,recursive=false save-config=false selector= session-affinity= show-managed-fields=false target-port= template= type=
run: Run a particular image on the cluster
  kubectl run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]
  allow-missing-template-keys=true annotations=[] attach=false cascade="background"@31 command=false dry-run="none" env={} expose=false field-manager="kubectl-run" f,filename=[]@31 force=false@31 grace-period=-1@31 image= image-pull-policy= k,kustomize=@31 l,labels= leave-stdin-open=false o,output= override-type="merge" overrides= pod-running-timeout=1m0s port= privileged=false q,quiet=false R,recursive=false@31 restart="Always" rm=false save-config=false show-managed-fields=false i,stdin=false template= timeout=0s@31 t,tty=false wait=false@31
set: Set specific features on objects
  kubectl set SUBCOMMAND [options]
set env: Update environment variables on a pod template
  kubectl set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]
  all=false allow-missing-template-keys=true c,containers="*" dry-run="none" e,env={} field-manager="kubectl-set" f,filename=[] from= keys=[] k,kustomize= list=false local=false o,output= overwrite=true prefix= R,recursive=false resolve=false l,selector= show-managed-fields=false template=
set image: Update the image of a pod template
  kubectl set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N [options]
  all=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-set" f,filename=[] k,kustomize= local=false o,output= R,recursive=false l,selector= show-managed-fields=false template=
set resources: Update resource requests/limits on objects with pod templates
  kubectl set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS] [options]
  all=false allow-missing-template-keys=true c,containers="*" dry-run="none" field-manager="kubectl-set" f,filename=[] k,kustomize= limits= local=false o,output= R,recursive=false requests= l,selector= show-managed-fields=false template=
set selector: Set the selector on a resource
  kubectl set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]
  all=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-set" f,filename=[] local=false o,output= R,recursive=true resource-version= show-managed-fields=false template=
set serviceaccount (sa): Update the service account of a resource
  kubectl set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]
  all=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-set" f,filename=[] k,kustomize= local=false o,output= R,recursive=false show-managed-fields=false template=
set subject: Update the user, group, or service account in a role binding or cluster role binding
  kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]
  all=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-set" f,filename=[] group=[] k,kustomize= local=false o,output= R,recursive=false l,selector= serviceaccount=[] show-managed-fields=false template= user=[]
explain: Get documentation for a resource
  @28-31 kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [--output=plaintext|plaintext-openapiv2] [options]
  @32 kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2] [options]
  api-version= output="plaintext"@28-31 o,output="plaintext"@32-32 output="plaintext"@33 recursive=false
get: Display one or many resources
  kubectl get [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]
  A,all-namespaces=false allow-missing-template-keys=true chunk-size=500 field-selector= f,filename=[] ignore-not-found=false k,kustomize= L,label-columns=[] no-headers=false o,output= output-watch-events=false raw= R,recursive=false l,selector= server-print=true show-kind=false show-labels=false show-managed-fields=false sort-by= subresource= template= w,watch=false watch-only=false
edit: Edit a resource on the server
  kubectl edit (RESOURCE/NAME | -f FILENAME) [options]
  allow-missing-template-keys=true field-manager="kubectl-edit" f,filename=[] k,kustomize= o,output= output-patch=false R,recursive=false save-config=false show-managed-fields=false subresource= template= validate="strict" windows-line-endings=false
delete: Delete resources by file names, stdin, resources and names, or by resources and label selector
  kubectl delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]
  all=false A,all-namespaces=false cascade="background" dry-run="none" field-selector= f,filename=[] force=false grace-period=-1 ignore-not-found=false i,interactive=false@29 k,kustomize= now=false o,output= raw= R,recursive=false l,selector= timeout=0s wait=true
`;
