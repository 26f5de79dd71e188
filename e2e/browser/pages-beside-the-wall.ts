import type { Page } from 'playwright-core';
import type { Community } from '../community.ts';

export type Act = (page: Page) => Promise<void>;
/** A page, what must stand on it before it is looked at, and what is opened on it and closed again. */
export type Stop = { path: string; ready: string; open?: Act; leave?: Act };

export const escape: Act = (page) => page.keyboard.press('Escape');
/** Any alarm on the wall. */
export const anyAlarm = '[data-testid^="alarm-"][data-phase]';

type Entered = { id: string };
type Furniture = {
  community: Community;
  /** A gateway that has heard a code which nobody has entered. */
  hearing: Entered;
  gateway: Entered;
  commissioning: Entered;
  /** Its far end is not there. */
  channel: Entered;
  user: Entered;
};

const lines = '.record-lines li';
const fields = ':is(main form, main dl):visible';

/** The pages of people, places and things, and those of who leads. */
export function pagesBesideTheWall(furniture: Furniture): Record<string, Stop> {
  const { community, hearing, gateway, commissioning, channel, user } = furniture;
  const resident = `/residents/${community.resident.id}`;
  const dwelling = `/dwellings/${community.dwelling.id}`;
  const device = `/devices/${community.button.id}`;
  return {
    overdue: { path: '/overdue', ready: '[data-testid="overdue"], [data-testid="overdue-empty"]' },
    'wall screen': { path: '/wall-screen', ready: anyAlarm },
    'hand-over': { path: '/hand-over', ready: '[data-testid="hand-over-all"]' },
    boards: { path: '/boards', ready: '[data-testid="board-parts"]' },
    'board of a station': {
      path: `/boards/${community.station.id}`,
      ready: '[data-testid="board-residents"]',
    },
    map: { path: '/map', ready: '[data-testid="map-told"]' },
    'big screen': { path: '/big-screen', ready: '[data-testid="big-tally"]' },
    'care beds': { path: '/care-beds', ready: '.care-beds .list-empty, [data-testid="care-beds"] li' },
    settings: {
      path: '/settings',
      ready: '[data-testid="second-factor"][data-state="off"]',
      // Once the addresses are there too.
      open: (page) => page.getByTestId('own-addresses').waitFor(),
    },
    refusals: { path: '/refusals', ready: 'main table, main li' },
    residents: { path: '/residents', ready: lines },
    resident: { path: resident, ready: fields },
    'resident, dwelling': { path: `${resident}/dwelling`, ready: fields },
    'resident, contacts': { path: `${resident}/contacts`, ready: 'main form:visible' },
    'resident, devices': { path: `${resident}/devices`, ready: '[data-testid^="device-"]' },
    'resident, alarms': { path: `${resident}/alarms`, ready: 'main' },
    'resident, events': { path: `${resident}/events`, ready: 'main' },
    'resident, life': { path: `${resident}/life`, ready: '[data-testid="history-devices"] canvas' },
    'resident, life as tables': {
      path: `${resident}/life?view=table`,
      ready: '[data-testid="history-devices"] .history-table',
    },
    'new resident': { path: '/residents/new', ready: 'main form:visible' },
    dwellings: { path: '/dwellings', ready: lines },
    dwelling: { path: dwelling, ready: fields },
    'new dwelling': { path: '/dwellings/new', ready: 'main form:visible' },
    devices: { path: '/devices', ready: lines },
    'unregistered devices': { path: '/devices/unregistered', ready: 'main h1' },
    'unknown devices': { path: '/unknown-devices', ready: '[data-testid="press-now"]' },
    'adopting a device': {
      path: `/unknown-devices/${hearing.id}/rf433.ev1527.7a410`,
      ready: '[data-testid="adopt-form"]',
    },
    maintenance: { path: '/maintenance', ready: '[data-testid^="job-never-heard"]' },
    'maintenance, firmware': { path: '/maintenance/firmware', ready: '[data-testid="wishes"]' },
    'history of a device': { path: `${device}/history`, ready: '[data-testid="device-history"]' },
    device: { path: device, ready: fields },
    'new device': { path: '/devices/new', ready: 'main form:visible' },
    gateways: { path: '/gateways', ready: lines },
    gateway: { path: `/gateways/${gateway.id}`, ready: fields },
    'new gateway': { path: '/gateways/new', ready: 'main form:visible' },
    supervision: { path: '/supervision', ready: '[data-testid="supervision-counts"]' },
    'supervision, tests': { path: '/supervision/tests', ready: 'main meter' },
    'supervision, chain': { path: '/supervision/chain', ready: '[data-testid="chain-state"]' },
    'supervision of a device': { path: `${device}/supervision`, ready: '[data-testid="supervised"]' },
    workbench: { path: '/workbench', ready: '[data-testid="workbench"]' },
    'test mode': { path: '/test-modes', ready: '[data-testid="test-form"]' },
    commissionings: { path: '/commissionings', ready: '[data-testid="commissionings"]' },
    commissioning: {
      path: `/commissionings/${commissioning.id}`,
      ready: '[data-testid="commissioning"] .check-card',
      open: async (page) => {
        await page.locator('[data-testid^="skip-"]').first().click();
        await page.getByTestId('skip-form').waitFor();
      },
    },
    'dwelling, commissioning': { path: `${dwelling}/commissioning`, ready: '[data-testid="commission"]' },
    organisations: { path: '/organisations', ready: '[data-testid^="organisation-"]' },
    station: {
      path: `/organisations/${community.station.id}/figures`,
      ready: '[data-testid="history-responses"] canvas',
    },
    policies: {
      path: `/organisations/${community.station.id}/escalation`,
      ready: '[data-testid="inherited-policies"]',
    },
    'policy editor': {
      path: `/organisations/${community.street.id}/escalation`,
      ready: '[data-testid="new-policies"]',
      open: async (page) => {
        await page.getByTestId('new-policies').click();
        await page.locator('[data-step="1"] input').first().fill('300');
        await page.locator('.field-error').first().waitFor();
      },
    },
    rota: { path: `/organisations/${community.station.id}/duty`, ready: '[data-testid="duty-gaps"]' },
    shift: {
      path: `/organisations/${community.station.id}/duty`,
      ready: '.duty-piece[data-gap="false"]',
      open: async (page) => {
        await page.locator('.duty-piece[data-gap="false"]').first().click();
        await page.getByTestId('shift-form').waitFor();
      },
      leave: escape,
    },
    'overdue, to be reviewed': {
      path: '/overdue?state=waiting',
      ready: '[data-testid="overdue"], [data-testid="overdue-empty"]',
    },
    scripts: {
      path: `/organisations/${community.station.id}/scripts`,
      ready: '[data-testid="inherited-scripts"]',
    },
    'script editor': {
      path: `/organisations/${community.street.id}/scripts`,
      ready: '[data-testid="inherited-scripts"]',
      open: async (page) => {
        await page.getByTestId('inherited-scripts').getByRole('button').first().click();
        await page.getByTestId('add-step').click();
        await page.locator('.script-step[data-wrong="true"]').waitFor();
      },
    },
    visits: { path: '/visits', ready: '[data-testid="visits-empty"], [data-testid^="due-"]' },
    // The resident of this community is away.
    'visit form': {
      path: '/visits?tab=away',
      ready: '[data-testid^="due-"]',
      open: async (page) => {
        await page.locator('[data-testid^="record-"]').first().click();
        await page.getByTestId('visit-form').waitFor();
        await page.getByTestId('wants-follow-up').check();
      },
      leave: escape,
    },
    'visits, to see to': {
      path: '/visits?tab=followUps',
      ready: '[data-testid^="visit-follow-ups"]',
    },
    'visit rate': { path: '/visit-rate', ready: '[data-testid="rate-people"]' },
    campaigns: {
      path: '/visit-campaigns',
      ready: '[data-testid="new-campaign"]',
      open: (page) => page.getByTestId('new-campaign').click(),
    },
    'visit settings': {
      path: `/organisations/${community.station.id}/visits`,
      ready: '[data-testid="visit-settings"]',
    },
    'resident, visits': { path: `${resident}/visits`, ready: '[data-testid="visit-plan"]' },
    'service requests': {
      path: '/requests',
      ready: '[data-testid="requests"]',
      open: async (page) => {
        await page.getByTestId('new-request').click();
        await page.getByTestId('request-form').waitFor();
      },
    },
    'service request': {
      path: '/requests?view=all',
      ready: '[data-testid="requests"]',
      open: async (page) => {
        await page.locator('.request-kind a').first().click();
        await page.getByTestId('request-timeline').waitFor();
      },
    },
    services: {
      path: `/organisations/${community.station.id}/services`,
      ready: '[data-testid="services"]',
    },
    'service editor': {
      path: `/organisations/${community.street.id}/services`,
      ready: '[data-testid="services"]',
      open: async (page) => {
        await page.getByTestId('edit-taxi').click();
        await page.getByTestId('add-provider').click();
      },
    },
    'resident, requests': { path: `${resident}/requests`, ready: '[data-testid="resident-requests"]' },
    'asking afterwards': { path: '/follow-ups', ready: '[data-testid="follow-ups-later"] li' },
    channels: { path: '/channels', ready: '[data-testid="channel-state"]' },
    channel: {
      path: `/channels/${channel.id}`,
      ready: '[data-testid="channel-form"]',
      open: async (page) => {
        await page.locator('.channel-test input').fill('13900000502');
        await page.getByTestId('send-test').click();
        await page.getByTestId('test-outcome').waitFor();
      },
    },
    'new channel': {
      path: '/channels/new',
      // Not the form of the channel that was looked at before.
      ready: 'main:not(:has([data-testid="send-test"])) [data-testid="channel-form"]',
      open: async (page) => {
        await page.getByTestId('save-channel').click();
        await page.locator('.field-error').first().waitFor();
      },
    },
    users: { path: '/users', ready: lines },
    user: { path: `/users/${user.id}`, ready: fields },
    'new user': { path: '/users/new', ready: 'main form:visible' },
    transfer: { path: '/transfer', ready: 'main h1' },
    register: { path: '/workbench/register', ready: '.register-step' },
    labels: { path: `/labels?dwelling=${community.dwelling.id}`, ready: '.label' },
    scan: { path: '/scan', ready: '.scan-dialog', leave: escape },
    rules: { path: `/organisations/${community.station.id}/rules`, ready: '[data-testid="rules"]' },
    'rule editor': {
      path: `/organisations/${community.street.id}/rules`,
      ready: '[data-testid="rules"]',
      open: async (page) => {
        await page.getByTestId('new-rule').click();
        await page.locator('.ant-dropdown-menu-item').first().click();
        await page.getByTestId('rule-editor').waitFor();
      },
      leave: escape,
    },
    'night watch': { path: `/night/${community.station.id}`, ready: '[data-testid="night-sum"]' },
    'gateway, devices': { path: `/gateways/${gateway.id}/devices`, ready: 'main .list-empty, main li' },
    'messages of a device': { path: `${device}/events`, ready: 'main [role="tabpanel"]' },
    'register, dwelling chosen': {
      path: `/workbench/register?dwelling=${community.dwelling.id}`,
      ready: '.register-step',
    },
    'virtual devices': {
      path: '/virtual-devices',
      ready: '[data-testid="open-test-dwelling"]',
      open: async (page) => {
        await page.getByTestId('open-test-dwelling').click();
        await page.locator('[data-testid="virtual-terminal"][data-link="online"]').waitFor();
      },
    },
  };
}
