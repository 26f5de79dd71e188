import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { ChannelAddress, ChannelKind, NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Contact, Dwelling, Resident } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';

export type EnteredPolicies = { version: number; policies: EscalationPolicy[] };
export type Place = { id: string; level: OrganisationLevel; parentId: string };

/** Somebody of the organisation who can answer alarms, and what is known of who has the shift. */
export type StaffMember = {
  id: string;
  displayName: string;
  organisationId: string;
  /** `null` for the hub's own. */
  locale: NotificationLocale | null;
  isEntered: boolean;
  /** Has a turn of the rota now. */
  isOnShift: boolean;
  isLoggedIn: boolean;
  channels: readonly ChannelAddress[];
};

/** A group's robot or a webhook that an organisation has: it is told together with the organisation's people. */
export type OrganisationChannel = { id: string; organisationId: string; kind: ChannelKind; name: string };

export type EscalationStore = {
  /** The organisation and all above it, nearest first. */
  lineage(organisationId: string): Promise<Place[]>;
  /** The other stations of the same street, or of whatever the station stands below. */
  neighbours(station: Place): Promise<string[]>;
  policies(organisationId: string): Promise<EnteredPolicies | undefined>;
  /** What was entered at these organisations, in their order. */
  policiesOf(organisationIds: readonly string[]): Promise<EscalationPolicy[][]>;
  putPolicies(organisationId: string, policies: EnteredPolicies): Promise<void>;
  /** What policies ask of a resident and dwelling. */
  home(of: { residentId: string | null; dwellingId: string | null }): Promise<{
    riskGroups: Resident['riskGroups'];
    area: Dwelling['area'];
    residents: number;
  }>;
  contactsOf(residentId: string): Promise<Contact[]>;
  /** Users of these organisations who may answer alarms. */
  staffOf(organisationIds: readonly string[], nowMs: number): Promise<StaffMember[]>;
  /** Users who lead these organisations: station managers and above. */
  leadersOf(organisationIds: readonly string[], nowMs: number): Promise<StaffMember[]>;
  /** Responders of these organisations, who go there and answer no alarms. */
  respondersOf(organisationIds: readonly string[], nowMs: number): Promise<StaffMember[]>;
  staffMember(
    userId: string,
  ): Promise<Pick<StaffMember, 'id' | 'displayName' | 'locale' | 'channels'> | undefined>;
  organisationChannels(organisationIds: readonly string[]): Promise<OrganisationChannel[]>;
  putDuty(organisationId: string, userIds: readonly string[], untilMs: number | null): Promise<void>;
  /** Open alarms that this user has. */
  ownedBy(userId: string): Promise<string[]>;
  /** Open alarms of this dwelling that are about a fall. */
  openFalls(dwellingId: string): Promise<string[]>;
};
