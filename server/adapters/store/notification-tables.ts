import type {
  ChannelKind,
  NotificationLocale,
  NotificationPurpose,
  NotificationReason,
} from '@carebell/contracts/notifications.ts';
import type { Generated } from 'kysely';
import type { NotificationState } from '../../notification/notification-state.ts';
import type { Sealed } from './sealed-texts.ts';

/** By what people are told, where, and what became of it. */
export type NotificationTables = {
  /** JSON: the channel addresses of a user, in the order in which they are tried. */
  user_addresses: {
    user_id: string;
    addresses: Sealed;
    locale: Generated<NotificationLocale | null>;
    wants_reports: Generated<number>;
  };
  channels: {
    id: string;
    organisation_id: string;
    kind: ChannelKind;
    name: string;
    settings: string;
    sealed: string;
    secret_names: string;
    is_enabled: number;
    version: number;
    failures: number;
    suspended_at: number | null;
    probe_at: number | null;
    last_reason: NotificationReason | null;
  };
  notifications: {
    id: string;
    alarm_id: string;
    station_id: string | null;
    step_key: string;
    purpose: NotificationPurpose;
    recipient_key: string;
    recipient: string;
    channels: Sealed;
    urgency: number;
    created_at: number;
    expires_at: number;
    is_link_revoked: Generated<number>;
    phase: NotificationState['is'];
    state: string;
    due_at: number | null;
    channel_id: string | null;
    receipt_id: string | null;
  };
};
