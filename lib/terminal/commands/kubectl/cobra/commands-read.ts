// kubectl's commands as its own -h says them: "path (aliases): summary", then the usage line, then the flags as "shorthand,name=default" with
// "@31" for what came with 1.31, "@28-30" for what went after 1.30. Facts of the tool, read from kubectl 1.28 to 1.33. Types follow from the defaults (flag-table.ts).

export const OTHER_COMMANDS = String.raw`
rollout: Manage the rollout of a resource
  kubectl rollout SUBCOMMAND [options]
rollout history: View rollout history
  kubectl rollout history (TYPE NAME | TYPE/NAME) [flags] [options]
  allow-missing-template-keys=true f,filename=[] k,kustomize= o,output= R,recursive=false revision=0 l,selector= show-managed-fields=false template=
rollout pause: Mark the provided resource as paused
  kubectl rollout pause RESOURCE [options]
  allow-missing-template-keys=true field-manager="kubectl-rollout" f,filename=[] k,kustomize= o,output= R,recursive=false l,selector= show-managed-fields=false template=
rollout restart: Restart a resource
  kubectl rollout restart RESOURCE [options]
  allow-missing-template-keys=true field-manager="kubectl-rollout" f,filename=[] k,kustomize= o,output= R,recursive=false l,selector= show-managed-fields=false template=
rollout resume: Resume a paused resource
  kubectl rollout resume RESOURCE [options]
  allow-missing-template-keys=true field-manager="kubectl-rollout" f,filename=[] k,kustomize= o,output= R,recursive=false l,selector= show-managed-fields=false template=
rollout status: Show the status of the rollout
  kubectl rollout status (TYPE NAME | TYPE/NAME) [flags] [options]
  f,filename=[] k,kustomize= R,recursive=false revision=0 l,selector= timeout=0s w,watch=true
rollout undo: Undo a previous rollout
  kubectl rollout undo (TYPE NAME | TYPE/NAME) [flags] [options]
  allow-missing-template-keys=true dry-run="none" f,filename=[] k,kustomize= o,output= R,recursive=false l,selector= show-managed-fields=false template= to-revision=0
scale: Set a new size for a deployment, replica set, or replication controller
  kubectl scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME) [options]
  all=false allow-missing-template-keys=true current-replicas=-1 dry-run="none" f,filename=[] k,kustomize= o,output= R,recursive=false replicas=0 resource-version= l,selector= show-managed-fields=false template= timeout=0s
autoscale: Auto-scale a deployment, replica set, stateful set, or replication controller
  kubectl autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU] [options]
  allow-missing-template-keys=true cpu-percent=-1 dry-run="none" field-manager="kubectl-autoscale" f,filename=[] k,kustomize= max=-1 min=-1 name= o,output= R,recursive=false save-config=false show-managed-fields=false template=
certificate: Modify certificate resources
  kubectl certificate SUBCOMMAND [options]
certificate approve: Approve a certificate signing request
  kubectl certificate approve (-f FILENAME | NAME) [options]
  allow-missing-template-keys=true f,filename=[] force=false k,kustomize= o,output= R,recursive=false show-managed-fields=false template=
certificate deny: Deny a certificate signing request
  kubectl certificate deny (-f FILENAME | NAME) [options]
  allow-missing-template-keys=true f,filename=[] force=false k,kustomize= o,output= R,recursive=false show-managed-fields=false template=
cluster-info: Display cluster information
  kubectl cluster-info [flags] [options]
cluster-info dump: Dump relevant information for debugging and diagnosis
  kubectl cluster-info dump [flags] [options]
  A,all-namespaces=false allow-missing-template-keys=true namespaces=[] o,output="json" output-directory= pod-running-timeout=20s show-managed-fields=false template=
top: Display resource (CPU/memory) usage
  kubectl top [flags] [options]
top node (nodes no): Display resource (CPU/memory) usage of nodes
  kubectl top node [NAME | -l label] [options]
  no-headers=false l,selector= show-capacity=false sort-by= use-protocol-buffers=true
top pod (pods po): Display resource (CPU/memory) usage of pods
  kubectl top pod [NAME | -l label] [options]
  A,all-namespaces=false containers=false field-selector= no-headers=false l,selector= sort-by= sum=false use-protocol-buffers=true
cordon: Mark node as unschedulable
  kubectl cordon NODE [options]
  dry-run="none" l,selector=
uncordon: Mark node as schedulable
  kubectl uncordon NODE [options]
  dry-run="none" l,selector=
drain: Drain node in preparation for maintenance
  kubectl drain NODE [options]
  chunk-size=500 delete-emptydir-data=false disable-eviction=false dry-run="none" force=false grace-period=-1 ignore-daemonsets=false pod-selector= l,selector= skip-wait-for-delete-timeout=0 timeout=0s
taint: Update the taints on one or more nodes
  kubectl taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N [options]
  all=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-taint" o,output= overwrite=false l,selector= show-managed-fields=false template= validate="strict"
describe: Show details of a specific resource or group of resources
  kubectl describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]
  A,all-namespaces=false chunk-size=500 f,filename=[] k,kustomize= R,recursive=false l,selector= show-events=true
logs: Print the logs for a container in a pod
  kubectl logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]
  all-containers=false all-pods=false@31 c,container= f,follow=false ignore-errors=false insecure-skip-tls-verify-backend=false limit-bytes=0 max-log-requests=5 pod-running-timeout=20s prefix=false p,previous=false l,selector= since=0s since-time= tail=-1 timestamps=false
attach: Attach to a running container
  kubectl attach (POD | TYPE/NAME) -c CONTAINER [options]
  c,container= pod-running-timeout=1m0s q,quiet=false i,stdin=false t,tty=false
exec: Execute a command in a container
  kubectl exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]
  c,container= f,filename=[] pod-running-timeout=1m0s q,quiet=false i,stdin=false t,tty=false
port-forward: Forward one or more local ports to a pod
  kubectl port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]
  address=[localhost] pod-running-timeout=1m0s
proxy: Run a proxy to the Kubernetes API server
  kubectl proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix] [options]
  accept-hosts="^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$" accept-paths="^.*" address="127.0.0.1" api-prefix="/" append-server-path=false disable-filter=false keepalive=0s p,port=8001 reject-methods="^$" reject-paths="^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach" u,unix-socket= w,www= P,www-prefix="/static/"
cp: Copy files and directories to and from containers
  kubectl cp <file-spec-src> <file-spec-dest> [options]
  c,container= no-preserve=false retries=0
auth: Inspect authorization
  kubectl auth [flags] [options]
auth can-i: Check whether an action is allowed
  kubectl auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL] [options]
  A,all-namespaces=false list=false no-headers=false q,quiet=false subresource=
auth reconcile: Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects
  kubectl auth reconcile -f FILENAME [options]
  allow-missing-template-keys=true dry-run="none" f,filename=[] k,kustomize= o,output= R,recursive=false remove-extra-permissions=false remove-extra-subjects=false show-managed-fields=false template=
auth whoami: Experimental: Check self subject attributes
  kubectl auth whoami [options]
  allow-missing-template-keys=true o,output= show-managed-fields=false template=
debug: Create debugging sessions for troubleshooting workloads and nodes
  kubectl debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ] [options]
  arguments-only=false attach=false c,container= copy-to= custom=@31 env={} f,filename=[] image= image-pull-policy= keep-annotations=false@31 keep-init-containers=true@31 keep-labels=false@31 keep-liveness=false@31 keep-readiness=false@31 keep-startup=false@31 profile="legacy" q,quiet=false replace=false same-node=false set-image=[] share-processes=true i,stdin=false target= t,tty=false
events: List events
  @28-28 kubectl events [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--event=Normal,Warning] [options]
  @29 kubectl events [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]
  A,all-namespaces=false allow-missing-template-keys=true chunk-size=500 for= no-headers=false o,output= show-managed-fields=false template= types=[] w,watch=false
diff: Diff the live version against a would-be applied version
  kubectl diff -f FILENAME [options]
  concurrency=1 field-manager="kubectl-client-side-apply" f,filename=[] force-conflicts=false k,kustomize= prune=false prune-allowlist={} R,recursive=false l,selector= server-side=false show-managed-fields=false
apply: Apply a configuration to a resource by file name or stdin
  kubectl apply (-f FILENAME | -k DIRECTORY) [options]
  all=false allow-missing-template-keys=true cascade="background" dry-run="none" field-manager="kubectl-client-side-apply" f,filename=[] force=false force-conflicts=false grace-period=-1 k,kustomize= openapi-patch=true o,output= overwrite=true prune=false prune-allowlist={} R,recursive=false l,selector= server-side=false show-managed-fields=false subresource=@32 template= timeout=0s validate="strict" wait=false
apply edit-last-applied: Edit latest last-applied-configuration annotations of a resource/object
  kubectl apply edit-last-applied (RESOURCE/NAME | -f FILENAME) [options]
  allow-missing-template-keys=true field-manager="kubectl-client-side-apply" f,filename=[] k,kustomize= o,output= R,recursive=false show-managed-fields=false template= validate="strict" windows-line-endings=false
apply set-last-applied: Set the last-applied-configuration annotation on a live object to match the contents of a file
  kubectl apply set-last-applied -f FILENAME [options]
  allow-missing-template-keys=true create-annotation=false dry-run="none" f,filename=[] o,output= show-managed-fields=false template=
apply view-last-applied: View the latest last-applied-configuration annotations of a resource/object
  kubectl apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]
  all=false f,filename=[] k,kustomize= o,output="yaml" R,recursive=false l,selector=
patch: Update fields of a resource
  kubectl patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]
  allow-missing-template-keys=true dry-run="none" field-manager="kubectl-patch" f,filename=[] k,kustomize= local=false o,output= p,patch= patch-file= R,recursive=false show-managed-fields=false subresource= template= type="strategic"
replace: Replace a resource by file name or stdin
  kubectl replace -f FILENAME [options]
  allow-missing-template-keys=true cascade="background" dry-run="none" field-manager="kubectl-replace" f,filename=[] force=false grace-period=-1 k,kustomize= o,output= raw= R,recursive=false save-config=false show-managed-fields=false subresource= template= timeout=0s validate="strict" wait=false
wait: Experimental: Wait for a specific condition on one or many resources
  @28-31 kubectl wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=delete|--for condition=available|--for=jsonpath='{}'[=value]] [options]
  @32 kubectl wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]] [options]
  all=false A,all-namespaces=false allow-missing-template-keys=true field-selector= f,filename=[] for= local=false o,output= R,recursive=true l,selector= show-managed-fields=false template= timeout=30s
kustomize: Build a kustomization target from a directory or URL
  kubectl kustomize DIR [flags] [options]
  as-current-user=false enable-alpha-plugins=false enable-helm=false e,env={} helm-api-versions=[]@31 helm-command="helm" helm-debug=false@32 helm-kube-version=@31 load-restrictor="LoadRestrictionsRootOnly" mount=[] network=false network-name="bridge" o,output=
label: Update the labels on a resource
  kubectl label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]
  all=false A,all-namespaces=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-label" field-selector= f,filename=[] k,kustomize= list=false local=false o,output= overwrite=false R,recursive=false resource-version= l,selector= show-managed-fields=false template=
annotate: Update the annotations on a resource
  kubectl annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]
  all=false A,all-namespaces=false allow-missing-template-keys=true dry-run="none" field-manager="kubectl-annotate" field-selector= f,filename=[] k,kustomize= list=false local=false o,output= overwrite=false R,recursive=false resource-version= l,selector= show-managed-fields=false template=
completion: Output shell completion code for the specified shell (bash, zsh, fish, or powershell)
  kubectl completion SHELL [options]
api-resources: Print the supported API resources on the server
  kubectl api-resources [flags] [options]
  api-group= cached=false categories=[] namespaced=true no-headers=false o,output= sort-by= verbs=[]
api-versions: Print the supported API versions on the server, in the form of "group/version"
  kubectl api-versions [options]
config: Modify kubeconfig files
  kubectl config SUBCOMMAND [options]
config current-context: Display the current-context
  kubectl config current-context [flags] [options]
config delete-cluster: Delete the specified cluster from the kubeconfig
  kubectl config delete-cluster NAME [options]
config delete-context: Delete the specified context from the kubeconfig
  kubectl config delete-context NAME [options]
config delete-user: Delete the specified user from the kubeconfig
  kubectl config delete-user NAME [options]
config get-clusters: Display clusters defined in the kubeconfig
  kubectl config get-clusters [flags] [options]
config get-contexts: Describe one or many contexts
  kubectl config get-contexts [(-o|--output=)name)] [options]
  no-headers=false o,output=
config get-users: Display users defined in the kubeconfig
  kubectl config get-users [flags] [options]
config rename-context: Rename a context from the kubeconfig file
  kubectl config rename-context CONTEXT_NAME NEW_NAME [options]
config set: Set an individual value in a kubeconfig file
  kubectl config set PROPERTY_NAME PROPERTY_VALUE [options]
  set-raw-bytes=false
config set-cluster: Set a cluster entry in kubeconfig
  kubectl config set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com] [options]
  certificate-authority= embed-certs=false insecure-skip-tls-verify=false proxy-url= server= tls-server-name=
config set-context: Set a context entry in kubeconfig
  kubectl config set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace] [options]
  cluster= current=false namespace= user=
config set-credentials: Set a user entry in kubeconfig
  kubectl config set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value] [options]
  auth-provider= auth-provider-arg=[] client-certificate= client-key= embed-certs=false exec-api-version= exec-arg={} exec-command= exec-env={} exec-interactive-mode=@30 exec-provide-cluster-info=false@30 password= token= username=
config unset: Unset an individual value in a kubeconfig file
  kubectl config unset PROPERTY_NAME [options]
config use-context (use): Set the current-context in a kubeconfig file
  kubectl config use-context CONTEXT_NAME [options]
config view: Display merged kubeconfig settings or a specified kubeconfig file
  kubectl config view [flags] [options]
  allow-missing-template-keys=true flatten=false merge=true minify=false o,output="yaml" raw=false show-managed-fields=false template=
plugin: Provides utilities for interacting with plugins
  kubectl plugin [flags] [options]
plugin list: List all visible plugin executables on a user's PATH
  kubectl plugin list [flags] [options]
  name-only=false
version: Print the client and server version information
  kubectl version [flags] [options]
  client=false o,output=
options: Print the list of flags inherited by all commands
  kubectl options [flags] [options]
`;
