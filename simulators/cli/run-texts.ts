export const runTextsZh = {
  about: '按情景文件驱动虚拟设备，并核对枢纽的反应：例如 run simulators/scenarios/*.yaml',
  files: '情景文件（YAML）',
  speed: '脚本中的等待缩短多少倍；枢纽自己的时限（静默、升级、规则）照常等待',
  hub: '枢纽的 HTTP 地址',
  mqtt: '枢纽的 MQTT 地址（默认：HTTP 端口上的 WebSocket）',
  token: '工具令牌（或环境变量 CAREBELL_TOKEN）',
  user: '用户名；密码取环境变量 CAREBELL_PASSWORD',
  junit: '把结果写成 JUnit XML',
  json: '以 JSON 输出结果',
  station: '试验住户所在的驿站（默认：自建“试验驿站”）',
  bad: (file: string, line: number, message: string) => `${file}:${line}: ${message}`,
  noLogIn: (path: string) =>
    `没有账号：给出 --token，或 --user 和环境变量 CAREBELL_PASSWORD；${path} 里也没有管理员（演示在运行吗？）`,
  refused: (problem: string) => `枢纽拒绝了：${problem}`,
  noRights: (user: string, role: string, missing: readonly string[]) =>
    `${user}（${role}）不能运行情景：缺少权限 ${missing.join('、')}。请用站长或更高角色的账号或令牌`,
  sameName: (name: string) => `两个情景文件都叫 ${name}`,
  begins: (count: number, hub: string, station: string) =>
    `${count} 个情景，枢纽 ${hub}，驿站 ${station}；只使用标为【试验】的住户和设备`,
  speedNote: (speed: number) =>
    `脚本的等待快 ${speed} 倍；枢纽的时限是真实时间，没有快进：发生在开始之前的事件带着自己的时间一次送出`,
  ends: (passed: number, all: number, seconds: string) => `${passed}/${all} 个情景通过，用时 ${seconds} 秒`,
  cleaned: '试验警报已全部关闭，试验设备的密钥已作废',
  unreachable: (hub: string, why: string) =>
    `连不上枢纽 ${hub}（${why}）。先运行 npm run demo，或用 --hub 给出地址`,
};

export const runTextsEn: typeof runTextsZh = {
  about: 'plays scenario files with virtual devices and judges what the hub makes of them',
  files: 'scenario files (YAML)',
  speed:
    "shortens the script's pauses; the hub's own deadlines (silence, escalation, rules) are waited for as they are",
  hub: "the hub's HTTP address",
  mqtt: "the hub's MQTT address (default: WebSocket on the HTTP port)",
  token: "a tool's token (or the variable CAREBELL_TOKEN)",
  user: 'user name; the password is taken from the variable CAREBELL_PASSWORD',
  junit: 'writes the results as JUnit XML',
  json: 'prints the results as JSON',
  station: 'station of the test residents (default: a test station of its own)',
  bad: (file, line, message) => `${file}:${line}: ${message}`,
  noLogIn: (path) =>
    `nobody to log in as: give --token, or --user with CAREBELL_PASSWORD; ${path} names no administrator either (is the demo running?)`,
  refused: (problem) => `the hub refused: ${problem}`,
  noRights: (user, role, missing) =>
    `${user} (${role}) may not play scenarios: ${missing.join(', ')} missing. Use the account or token of a station manager or above`,
  sameName: (name) => `two scenario files are called ${name}`,
  begins: (count, hub, station) =>
    `${count} scenarios at ${hub}, station ${station}; only residents and devices marked 【试验】 (test) are used`,
  speedNote: (speed) =>
    `the script's pauses are ${speed} times shorter; the hub's deadlines are real time, and what happened before the start is sent at once with its own time`,
  ends: (passed, all, seconds) => `${passed} of ${all} scenarios passed in ${seconds} s`,
  cleaned: 'all test alarms are closed, and the secrets of the test devices no longer work',
  unreachable: (hub, why) =>
    `cannot reach the hub at ${hub} (${why}). Start npm run demo, or name it by --hub`,
};
