import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { GatewayErrorKind } from "../../../gateway/errors";

/** A failure that is older says nothing of how a provider is today. */
const FAILURE_DAYS = 7;

/** What went wrong at a provider last. The message is redacted. */
export type LastFailure = Readonly<{ kind: GatewayErrorKind; message: string | null; at: Date }>;

export type ProviderNews = Readonly<{ last_webhook_at: Date | null; last_failure: LastFailure | null }>;

/** What was heard of providers last. */
export class ProviderNewsStore {
  constructor(private readonly knex: Knex) {}

  /**
   * When each provider's last webhook came, and its last failure of a week. Wrong entries of shoppers are no failures of
   * the provider's.
   */
  async listLast(provider_ids: string[]): Promise<ReadonlyMap<string, ProviderNews>> {
    const ids = [...provider_ids];
    const [webhooks, failures] = await Promise.all([this.webhooksOf(ids), this.failuresOf(ids)]);
    return new Map(
      ids.map((id) => [
        id,
        { last_webhook_at: webhooks.get(id) ?? null, last_failure: failures.get(id) ?? null },
      ]),
    );
  }

  private async webhooksOf(ids: string[]): Promise<ReadonlyMap<string, Date>> {
    const { rows } = await this.knex.raw<{ rows: { provider_id: string; at: Date | null }[] }>(
      `select provider_id, (
         select max(created_at) from tender_payment_webhook_event event
         where event.provider_id = provider.provider_id and event.deleted_at is null
       ) as at
       from unnest(?::text[]) as provider(provider_id)`,
      [ids],
    );
    return new Map(rows.flatMap(({ provider_id, at }) => (at ? [[provider_id, at] as const] : [])));
  }

  private async failuresOf(ids: string[]): Promise<ReadonlyMap<string, LastFailure>> {
    const { rows } = await this.knex.raw<{ rows: (LastFailure & { provider_id: string })[] }>(
      `select distinct on (attempt.provider_id)
         attempt.provider_id, operation.error_kind as kind, operation.error_message as message, operation.started_at as at
       from tender_payment_operation operation
       join tender_payment_attempt attempt on attempt.id = operation.attempt_id
       where operation.error_kind is not null and operation.error_kind <> 'invalid_data'
         and operation.deleted_at is null
         and operation.started_at > now() - make_interval(days => ?)
         and attempt.provider_id = any(?)
       order by attempt.provider_id, operation.started_at desc`,
      [FAILURE_DAYS, ids],
    );
    return new Map(rows.map(({ provider_id, kind, message, at }) => [provider_id, { kind, message, at }]));
  }
}
