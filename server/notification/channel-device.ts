/** Before the identifier of a channel, where an alarm names the device that it came from. */
export const channelDevicePrefix = 'channel:';
