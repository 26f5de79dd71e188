import { newDeviceSchema } from '@carebell/contracts/registry.ts';
import { describe, expect, it } from 'vitest';
import { errorsOfSchema } from './field-errors.ts';
import { bodyOf, changeOf, fieldsOf, valuesOf } from './form-fields.ts';

const fields = fieldsOf(newDeviceSchema, ['heardAs', 'signals']);
const device = {
  heardAs: 'rf433.ev1527.0f749',
  signals: { 'key.4': { kind: 'button.pressed', key: 'taxi' }, '*': { kind: 'button.pressed' } },
};

describe('what the signals of a device mean', () => {
  it('is written line by line, and sent as the contract has it', () => {
    const values = valuesOf(fields, device);
    expect(fields.map(({ input }) => input)).toEqual(['text', 'signals']);
    expect(values['signals']).toEqual([
      { signal: 'key.4', kind: 'button.pressed', key: 'taxi' },
      { signal: '*', kind: 'button.pressed' },
    ]);
    expect(bodyOf(fields, values)).toEqual(device);
    expect(changeOf(fields, values, device)).toEqual({});
  });

  it('has a key only for a press', () => {
    const values = { heardAs: '', signals: [{ signal: ' key.8 ', kind: 'door.opened', key: 'help' }] };
    expect(changeOf(fields, values, device)).toEqual({
      heardAs: null,
      signals: { 'key.8': { kind: 'door.opened' } },
    });
  });

  it('is nothing for a new device, and is shown where a signal is none', () => {
    expect(bodyOf(fields, valuesOf(fields, {}))).toEqual({ heardAs: null, signals: {} });
    const wrong = { type: 'button', signals: { 'key 4': { kind: 'door.opened' } } };
    const { error } = newDeviceSchema.safeParse(wrong, { reportInput: true });
    expect(errorsOfSchema(error?.issues ?? [])).toEqual([{ path: 'signals.key 4', text: 'signal' }]);
  });
});
