/**
 * Node's HTTP and TLS, fetched and not imported: an import reads every name that they export, a second HTTP client and the
 * root certificates as text among them, which is 6 MB that no hub uses.
 */
export const nodeHttp = process.getBuiltinModule('node:http');
export const nodeHttps = process.getBuiltinModule('node:https');
export const nodeTls = process.getBuiltinModule('node:tls');
