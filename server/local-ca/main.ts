import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { certifyDevice, certifyServer, openAuthority } from './local-ca.ts';

const options = {
  dir: { type: 'string', default: './tls' },
  host: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const;
const usage = `npm run local-ca -- server --host hub.example.org --host 192.168.1.5 [--dir ./tls]
  证书机构与服务器证书 / an authority at the first call, and a certificate for the hub at these names and addresses
npm run local-ca -- device DEVICE-ID … [--dir ./tls]
  设备证书 / a certificate for each device or gateway, to sign in with instead of a secret`;

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [command, ...ids] = positionals;
    if (values.help || (command !== 'server' && command !== 'device')) {
      console.log(usage);
      return values.help ? 0 : 1;
    }
    const authority = await openAuthority(values.dir, Date.now());
    if (authority.isNew)
      console.log(
        `新证书机构 / a new authority: ${authority.certFile}  (${authority.keyFile} 请离线保管 / keep offline)`,
      );
    if (command === 'server') {
      if (values.host.length === 0)
        throw new Error('name the hub by --host: every name and address it is reached by');
      const names = values.host.filter((host) => isIP(host) === 0);
      const addresses = values.host.filter((host) => isIP(host) !== 0);
      const { certFile, keyFile } = await certifyServer(authority, { names, addresses }, Date.now());
      console.log(
        `CAREBELL_TLS_CERT=${certFile}\nCAREBELL_TLS_KEY=${keyFile}\nCAREBELL_TLS_CA=${authority.certFile}`,
      );
      return 0;
    }
    if (ids.length === 0) throw new Error('name at least one device');
    for (const id of ids.map((given) => deviceIdSchema.parse(given))) {
      const { certFile, keyFile, cert } = await certifyDevice(authority, id, Date.now());
      const { fingerprint256, validTo } = new X509Certificate(cert);
      console.log(`${id}  ${certFile}  ${keyFile}  ${fingerprint256}  ${validTo}`);
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
