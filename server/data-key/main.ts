import { BadSettings, readConfig } from '../config.ts';
import { checkKeys, forgetOldKeys, rotateKey } from './compose.ts';

const usage = `npm run data-key -- COMMAND
  check       打开每个加密单元 / opens every sealed cell; 1 if one does not open
  rotate      生成新密钥，重启后生效 / makes a new key; the hub seals everything with it at its next start
  forget-old  删除旧密钥 / takes the old keys away; older back-ups then need the copy that you kept
  CAREBELL_DATA_DIR, CAREBELL_DATA_KEY_FILE`;

process.exitCode = run(process.argv[2]);

function run(command: string | undefined): number {
  try {
    const config = readConfig(process.env);
    if (command === 'check') return check();
    if (command !== 'rotate' && command !== 'forget-old') {
      console.log(usage);
      return command === undefined || command === '--help' ? 0 : 1;
    }
    const answer = command === 'rotate' ? rotateKey(config) : forgetOldKeys(config);
    if (answer.ok) console.log(`${config.dataKeyFile}  ${answer.keys.join(' ')}`);
    else console.error(answer.message);
    if (answer.ok && command === 'rotate')
      console.log('请重启平台，并另行备份该文件 / restart the hub, and keep a copy of this file elsewhere');
    return answer.ok ? 0 : 1;

    function check(): number {
      const checked = checkKeys(config);
      if (!checked.ok) {
        console.error(checked.message);
        return 1;
      }
      for (const id of checked.missing) console.error(`缺少密钥 / missing key: ${id}`);
      for (const { column, row } of checked.faults)
        console.error(`无法解密 / does not open: ${column} ${row}`);
      const isWell = checked.missing.length + checked.faults.length === 0;
      if (isWell) console.log(`完好 / every cell opens  ${checked.keys.join(' ')}`);
      return isWell ? 0 : 1;
    }
  } catch (error) {
    console.error(error instanceof BadSettings || error instanceof Error ? error.message : error);
    return 1;
  }
}
