import type { DeviceType } from './registry.ts';

/** What types of devices are called, on screens and on the installers' command line. */
export const deviceTypeWordsZhCN: Record<DeviceType, string> = {
  button: '紧急按钮',
  terminal: '一键通终端',
  'fall-detector': '跌倒探测器',
  'door-sensor': '门磁',
  'motion-sensor': '人体感应器',
  'bed-sensor': '床垫感应器',
  'smoke-detector': '烟感',
  'gas-detector': '燃气探测器',
  'water-detector': '水浸探测器',
  other: '其他设备',
};

export const deviceTypeWordsEn: Record<DeviceType, string> = {
  button: 'Emergency button',
  terminal: 'One-key terminal',
  'fall-detector': 'Fall detector',
  'door-sensor': 'Door sensor',
  'motion-sensor': 'Motion sensor',
  'bed-sensor': 'Bed sensor',
  'smoke-detector': 'Smoke detector',
  'gas-detector': 'Gas detector',
  'water-detector': 'Water detector',
  other: 'Other device',
};
