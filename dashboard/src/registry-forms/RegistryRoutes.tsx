import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { ReactNode } from 'react';
import { PageLoading } from '../app/PageLoading.tsx';
import { DevicePage } from '../devices/DevicePage.tsx';
import { DevicesPage } from '../devices/DevicesPage.tsx';
import { GatewayPage } from '../devices/GatewayPage.tsx';
import { GatewaysPage } from '../devices/GatewaysPage.tsx';
import { NewDevicePage } from '../devices/NewDevicePage.tsx';
import { NewGatewayPage } from '../devices/NewGatewayPage.tsx';
import { DwellingPage } from '../dwellings/DwellingPage.tsx';
import { DwellingsPage } from '../dwellings/DwellingsPage.tsx';
import { NewDwellingPage } from '../dwellings/NewDwellingPage.tsx';
import { LabelAddress } from '../labels/LabelAddress.tsx';
import { useSession } from '../log-in/session.ts';
import { OrganisationsPage } from '../organisations/OrganisationsPage.tsx';
import { NewResidentPage } from '../residents/NewResidentPage.tsx';
import { ResidentPage } from '../residents/ResidentPage.tsx';
import { ResidentsPage } from '../residents/ResidentsPage.tsx';
import { NewUserPage } from '../users/NewUserPage.tsx';
import { UserPage } from '../users/UserPage.tsx';
import { UsersPage } from '../users/UsersPage.tsx';

const MaintenancePage = lazy(async () => ({
  default: (await import('../maintenance/MaintenancePage.tsx')).MaintenancePage,
}));
const UnknownDevicesPage = lazy(async () => ({
  default: (await import('../unknown-devices/UnknownDevicesPage.tsx')).UnknownDevicesPage,
}));
const AdoptPage = lazy(async () => ({
  default: (await import('../unknown-devices/AdoptPage.tsx')).AdoptPage,
}));

const VirtualDevicesPage = lazy(async () => ({
  default: (await import('../virtual-devices/VirtualDevicesPage.tsx')).VirtualDevicesPage,
}));

const SupervisionPage = lazy(async () => ({
  default: (await import('../supervision/SupervisionPage.tsx')).SupervisionPage,
}));

const RegisterPage = lazy(async () => ({
  default: (await import('../registering/RegisterPage.tsx')).RegisterPage,
}));
const LabelsPage = lazy(async () => ({
  default: (await import('../labels/LabelsPage.tsx')).LabelsPage,
}));
const ScanPage = lazy(async () => ({
  default: (await import('../labels/ScanPage.tsx')).ScanPage,
}));

const TransferPage = lazy(async () => ({
  default: (await import('./TransferPage.tsx')).TransferPage,
}));

const StationPage = lazy(async () => ({
  default: (await import('../history/StationPage.tsx')).StationPage,
}));

const ChannelsPage = lazy(async () => ({
  default: (await import('../channels/ChannelsPage.tsx')).ChannelsPage,
}));
const ChannelPage = lazy(async () => ({
  default: (await import('../channels/ChannelPage.tsx')).ChannelPage,
}));
const NewChannelPage = lazy(async () => ({
  default: (await import('../channels/NewChannelPage.tsx')).NewChannelPage,
}));

const OverduePage = lazy(async () => ({
  default: (await import('../overdue/OverduePage.tsx')).OverduePage,
}));

const PoliciesPage = lazy(async () => ({
  default: (await import('../escalation/PoliciesPage.tsx')).PoliciesPage,
}));

const ScriptsPage = lazy(async () => ({
  default: (await import('../scripts/ScriptsPage.tsx')).ScriptsPage,
}));

const RulesPage = lazy(async () => ({
  default: (await import('../rules/RulesPage.tsx')).RulesPage,
}));

const RequestsPage = lazy(async () => ({
  default: (await import('../requests/RequestsPage.tsx')).RequestsPage,
}));
const RequestPage = lazy(async () => ({
  default: (await import('../requests/RequestPage.tsx')).RequestPage,
}));
const ServicesPage = lazy(async () => ({
  default: (await import('../services/ServicesPage.tsx')).ServicesPage,
}));

const NightWatchPage = lazy(async () => ({
  default: (await import('../night-watch/NightWatchPage.tsx')).NightWatchPage,
}));

const FollowUpsPage = lazy(async () => ({
  default: (await import('../follow-ups/FollowUpsPage.tsx')).FollowUpsPage,
}));

const DutyPage = lazy(async () => ({
  default: (await import('../duty/DutyPage.tsx')).DutyPage,
}));

const DrillsPage = lazy(async () => ({
  default: (await import('../drill/DrillsPage.tsx')).DrillsPage,
}));

const RecordsPage = lazy(async () => ({
  default: (await import('../records/RecordsPage.tsx')).RecordsPage,
}));

const NumbersPage = lazy(async () => ({
  default: (await import('../report/NumbersPage.tsx')).NumbersPage,
}));

const BoardPage = lazy(async () => ({
  default: (await import('../boards/BoardPage.tsx')).BoardPage,
}));

const CareBedsPage = lazy(async () => ({
  default: (await import('../care-beds/CareBedsPage.tsx')).CareBedsPage,
}));
const CareBedPage = lazy(async () => ({
  default: (await import('../care-beds/CareBedPage.tsx')).CareBedPage,
}));

const MapPage = lazy(async () => ({
  default: (await import('../place-map/MapPage.tsx')).MapPage,
}));

const CaseFilePage = lazy(async () => ({
  default: (await import('../case-file/CaseFilePage.tsx')).CaseFilePage,
}));

const WorkbenchPage = lazy(async () => ({
  default: (await import('../workbench/WorkbenchPage.tsx')).WorkbenchPage,
}));
const TestModePage = lazy(async () => ({
  default: (await import('../test-mode/TestModePage.tsx')).TestModePage,
}));
const CommissioningsPage = lazy(async () => ({
  default: (await import('../commissioning/CommissioningsPage.tsx')).CommissioningsPage,
}));
const CommissioningPage = lazy(async () => ({
  default: (await import('../commissioning/CommissioningPage.tsx')).CommissioningPage,
}));
const RecordSheetPage = lazy(async () => ({
  default: (await import('../commissioning/RecordSheetPage.tsx')).RecordSheetPage,
}));

const VisitsPage = lazy(async () => ({
  default: (await import('../visits/VisitsPage.tsx')).VisitsPage,
}));
const VisitRatePage = lazy(async () => ({
  default: (await import('../visits/VisitRatePage.tsx')).VisitRatePage,
}));
const CampaignsPage = lazy(async () => ({
  default: (await import('../visits/CampaignsPage.tsx')).CampaignsPage,
}));
const CampaignPage = lazy(async () => ({
  default: (await import('../visits/CampaignPage.tsx')).CampaignPage,
}));
const VisitSettingsPage = lazy(async () => ({
  default: (await import('../visits/VisitSettingsPage.tsx')).VisitSettingsPage,
}));
const VisitAddress = lazy(async () => ({
  default: (await import('../visits/VisitAddress.tsx')).VisitAddress,
}));

const pages: [path: string, right: string, page: ReactNode][] = [
  ['residents', 'resident.read', <ResidentsPage key="residents" />],
  ['residents/new', 'resident.write', <NewResidentPage key="new-resident" />],
  ['residents/:id/:tab?', 'resident.read', <ResidentPage key="resident" />],
  ['dwellings', 'registry.read', <DwellingsPage key="dwellings" />],
  ['dwellings/new', 'dwelling.write', <NewDwellingPage key="new-dwelling" />],
  ['dwellings/:id/:tab?', 'registry.read', <DwellingPage key="dwelling" />],
  ['devices', 'device.read', <DevicesPage key="devices" />],
  ['devices/unregistered', 'device.read', <DevicesPage key="unregistered" isUnregisteredOnly />],
  ['devices/new', 'device.write', <NewDevicePage key="new-device" />],
  ['devices/:id/:tab?', 'device.read', <DevicePage key="device" />],
  ['maintenance/:tab?', 'device.read', <MaintenancePage key="maintenance" />],
  ['unknown-devices', 'device.read', <UnknownDevicesPage key="unknown" />],
  ['unknown-devices/:gatewayId/:code', 'device.write', <AdoptPage key="adopt" />],
  ['gateways', 'device.read', <GatewaysPage key="gateways" />],
  ['gateways/new', 'device.write', <NewGatewayPage key="new-gateway" />],
  ['gateways/:id/:tab?', 'device.read', <GatewayPage key="gateway" />],
  ['virtual-devices', 'device.write', <VirtualDevicesPage key="virtual" />],
  ['supervision/:tab?', 'device.read', <SupervisionPage key="supervision" />],
  ['workbench', 'device.write', <WorkbenchPage key="workbench" />],
  ['test-modes', 'test-mode.read', <TestModePage key="test-modes" />],
  ['commissionings', 'device.read', <CommissioningsPage key="commissionings" />],
  ['commissionings/:id', 'device.read', <CommissioningPage key="commissioning" />],
  ['commissionings/:id/record', 'device.read', <RecordSheetPage key="record-sheet" />],
  ['organisations', 'registry.read', <OrganisationsPage key="organisations" />],
  ['organisations/:id/figures', 'history.read', <StationPage key="station" />],
  ['organisations/:id/escalation', 'escalation.read', <PoliciesPage key="policies" />],
  ['organisations/:id/scripts', 'script.read', <ScriptsPage key="scripts" />],
  ['organisations/:id/rules', 'rule.read', <RulesPage key="rules" />],
  ['organisations/:id/services', 'service.read', <ServicesPage key="services" />],
  ['requests', 'request.read', <RequestsPage key="requests" />],
  ['requests/:id', 'request.read', <RequestPage key="request" />],
  ['night/:id?', 'resident.read', <NightWatchPage key="night" />],
  ['visits', 'visit.make', <VisitsPage key="visits" />],
  ['visit-rate', 'visit.read', <VisitRatePage key="visit-rate" />],
  ['visit-campaigns', 'visit.read', <CampaignsPage key="campaigns" />],
  ['visit-campaigns/:id', 'visit.read', <CampaignPage key="campaign" />],
  ['organisations/:id/visits', 'visit.read', <VisitSettingsPage key="visit-settings" />],
  ['follow-ups', 'alarm.acknowledge', <FollowUpsPage key="follow-ups" />],
  ['organisations/:id/duty', 'alarm.read', <DutyPage key="duty" />],
  ['channels', 'channel.read', <ChannelsPage key="channels" />],
  ['channels/new', 'channel.write', <NewChannelPage key="new-channel" />],
  ['channels/:id', 'channel.read', <ChannelPage key="channel" />],
  ['overdue', 'miss.read', <OverduePage key="overdue" />],
  ['users', 'user.read', <UsersPage key="users" />],
  ['users/new', 'user.write', <NewUserPage key="new-user" />],
  ['users/:id/:tab?', 'user.read', <UserPage key="user" />],
  ['drills', 'drill.read', <DrillsPage key="drills" />],
  ['records', 'audit.read', <RecordsPage key="records" />],
  ['numbers', 'report.read', <NumbersPage key="numbers" />],
  ['care-beds', 'care-bed.read', <CareBedsPage key="care-beds" />],
  ['care-beds/:id', 'care-bed.read', <CareBedPage key="care-bed" />],
  ['map/:id?', 'resident.read', <MapPage key="map" />],
  ['boards/:id?', 'report.read', <BoardPage key="board" />],
  ['boards/:id/grids/:grid', 'report.read', <BoardPage key="grid-board" />],
  ['alarms/:alarmId/case-file', 'case.export', <CaseFilePage key="case-file" />],
  ['workbench/register', 'device.write', <RegisterPage key="register" />],
  ['labels', 'device.read', <LabelsPage key="labels" />],
  ['scan', 'device.read', <ScanPage key="scan" />],
  ['d/:id', 'device.read', <LabelAddress key="device-label" of="device" />],
  ['g/:id', 'device.read', <LabelAddress key="gateway-label" of="gateway" />],
  ['h/:id', 'registry.read', <LabelAddress key="dwelling-label" of="dwelling" />],
  ['transfer', 'device.write', <TransferPage key="transfer" />],
];

/** The pages of people, places and things; what a person has no right to is not there for them. */
export function RegistryRoutes() {
  const { may } = useSession();
  return (
    <Suspense fallback={<PageLoading />}>
      <Routes>
        {pages
          .filter(([, right]) => may(right))
          .map(([path, , page]) => (
            <Route key={path} path={path} element={page} />
          ))}
        {may('visit.make') && !may('registry.read') && <Route path="h/:id" element={<VisitAddress />} />}
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Suspense>
  );
}
