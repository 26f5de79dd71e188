export const claimTextsZh = {
  about: '像新设备一样，用安装人员生成的一次性代码取得自己的密钥',
  code: '一次性代码，例如 7K3M-Q9Z0',
  type: '保存时写入的设备类型',
  gateway: '这是网关，不是设备',
  keep: '把密钥写入账号文件，供其他命令使用',
  begins: (hub: string, id: string) => `${id} 用一次性代码登录 ${hub}`,
  has: (id: string, secret: string) => `${id} 的密钥：${secret}`,
  kept: (path: string) => `已写入 ${path}`,
  refused: (code: string) => `枢纽拒绝登录（CONNACK ${code}）：代码不对、已过期、已用过，或输错太多次`,
  unreachable: (why: string) => `连不上枢纽（${why}）`,
  silent: (time: string) => `${time} 内没有收到密钥`,
};

export const claimTextsEn: typeof claimTextsZh = {
  about: 'fetch the secret of a new device with the code that the installer made',
  code: 'the code, such as 7K3M-Q9Z0',
  type: 'the type of device under which it is kept',
  gateway: 'it is a gateway, not a device',
  keep: 'write the secret into the accounts file, for the other commands',
  begins: (hub, id) => `${id} signs in at ${hub} with its code`,
  has: (id, secret) => `the secret of ${id}: ${secret}`,
  kept: (path) => `written to ${path}`,
  refused: (code) =>
    `the hub refused the log-in (CONNACK ${code}): the code is wrong, too old or used, or was guessed at too often`,
  unreachable: (why) => `cannot reach the hub (${why})`,
  silent: (time) => `no secret came within ${time}`,
};
