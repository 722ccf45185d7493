// Flags that every kubectl command takes (`kubectl options`).

export const GLOBAL_FLAGS = String.raw`
as= as-group={} as-uid= cache-dir="/home/student/.kube/cache" certificate-authority= client-certificate= client-key= cluster= context= disable-compression=false insecure-skip-tls-verify=false kubeconfig= log-flush-frequency=5s match-server-version=false n,namespace= password= profile="none" profile-output="profile.pprof" request-timeout="0" s,server= tls-server-name= token= user= username= v,v=0 vmodule= warnings-as-errors=false
`;
