import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ev1527Code } from './ev1527.ts';
import { rflink } from './rflink.ts';
import { rfxtrx } from './rfxtrx.ts';
import { sonoffRf } from './sonoff-rf.ts';
import { textBytes } from './testing/feed.ts';

test('the same transmitter has the same name through an RFLink, a Sonoff bridge and an RFXtrx', () => {
  fc.assert(
    fc.property(fc.nat(0xffffff), (code) => {
      const id = (code >>> 4).toString(16).padStart(6, '0');
      const key = (code & 0xf).toString(16).padStart(2, '0');
      const byRflink = rflink
        .createDecoder({})
        .push(textBytes(`20;01;EV1527;ID=${id};SWITCH=${key};CMD=ON;\r\n`));

      const sonoffFrame = Buffer.from('AAA4280A015E041000000055', 'hex');
      sonoffFrame.writeUIntBE(code, 8, 3);
      const bySonoff = sonoffRf.createDecoder({}).push(sonoffFrame);

      const portischFrame = Buffer.from('AAA6040000000055', 'hex');
      portischFrame.writeUIntBE(code, 4, 3);
      const byPortisch = sonoffRf.createDecoder({}).push(portischFrame);

      const rfxtrxFrame = Buffer.from('09130000000000015E70', 'hex');
      rfxtrxFrame.writeUIntBE(code, 4, 3);
      const byRfxtrx = rfxtrx.createDecoder({}).push(rfxtrxFrame);

      expect(bySonoff.filter((item) => item.of === 'heard')).toEqual(byRflink);
      expect(byPortisch).toEqual(byRflink);
      expect(byRfxtrx).toEqual(byRflink);

      const [item] = byRflink;
      const heard = item?.of === 'heard' && item.heard.of === 'signal' ? item.heard : undefined;
      expect(heard && ev1527Code(heard.address, heard.signal)).toBe(code);
    }),
  );
});

test('what is no name of such a transmitter has no code', () => {
  expect(ev1527Code('rf433.pt2262.f7499', 'key.4')).toBeUndefined();
  expect(ev1527Code('rf433.ev1527.f7499', 'switch.4')).toBeUndefined();
  expect(ev1527Code('rf433.ev1527.f7499', undefined)).toBeUndefined();
});
