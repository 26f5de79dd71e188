console.error(
  '串口网关桥不在这个版本里：请使用自带 MQTT 的设备（接入方法见 simulators/README.md），或用 npm run simulate -- press 试一次呼救。',
);
console.error(
  'The serial gateway bridge is not part of this version: use devices with MQTT of their own (see simulators/README.md for how they sign in), or try npm run simulate -- press.',
);
process.exitCode = 2;
