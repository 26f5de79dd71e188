import type { ServiceRequest, RequestPage, RequestDetail } from '@carebell/contracts/service-requests.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import { enterCommunity, openApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { defaultServices } from '@carebell/contracts/default-services.ts';

export type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

export const minute = 60_000;

/** A taxi with two providers, as a station enters it. */
export const taxi = {
  ...defaultServices.taxi,
  providers: [
    { id: 'city-cab', name: '申城出租', phone: '021 62580000', addresses: [] },
    {
      id: 'green-cab',
      name: '绿色出租',
      phone: '021 96000',
      addresses: [{ kind: 'sms' as const, address: '13700137000' }],
    },
  ],
};

/** The real API on a real SQLite file with two stations, and what is done to requests there. */
export async function openServices() {
  const api = await openApi();
  await enterCommunity(api);
  const operator = await api.as('operator-a');
  const manager = await api.as('station-manager-a');
  let presses = 0;

  return {
    api,
    operator,
    manager,
    async press(key: ServiceKind, who: 'a' | 'b' = 'a'): Promise<ServiceRequest> {
      presses += 1;
      const origin = {
        deviceId: `button-${who}`,
        residentId: `resident-${who}`,
        stationId: who,
        gatewayId: null,
        isKnown: true,
        receivedAtMs: api.clock.now(),
      };
      const event = { id: `press-${presses}`, kind: 'button.pressed', data: { key } };
      const { alarmIds } = await api.gate.commit('receiveEvent', { event, origin });
      const caller = who === 'a' ? operator : await api.as('operator-b');
      const { items } = (await caller.get('/requests?view=open')).json<RequestPage>();
      const found = items.find(({ alarmId }) => alarmId === alarmIds[0]);
      if (!found) throw new Error('the press asked for nothing');
      return found;
    },
    async act(id: string, path: string, body: object = {}, by: Caller = operator): Promise<ServiceRequest> {
      const answer = await by.post(`/requests/${id}/${path}`, body);
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`);
      return answer.json<ServiceRequest>();
    },
    async detail(id: string, by: Caller = operator): Promise<RequestDetail> {
      return (await by.get(`/requests/${id}`)).json<RequestDetail>();
    },
    async alarm(id: string) {
      return (await operator.get(`/alarms/${id}`)).json<{
        phase: string;
        disposition: string | null;
        owner: { id: string } | null;
      }>();
    },
  };
}
