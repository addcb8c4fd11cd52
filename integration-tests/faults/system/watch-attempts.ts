import type { Database } from "./database";

/** A change of an attempt's status, or a claim that was taken from a worker whose lease had not run out. */
export type AttemptChange = Readonly<{
  attempt_id: string;
  from_status: string;
  to_status: string;
  /** The worker who lost the claim; null where only the status changed. */
  ousted: string | null;
}>;

/** Keeps what an attempt's row does not show afterwards: in the suite's database, past the store. */
const WATCH = `
  create table faults_attempt_change (attempt_id text, from_status text, to_status text, ousted text);
  create function faults_watch_attempt() returns trigger language plpgsql as $$
  declare
    ousted text := case when new.claimed_by <> old.claimed_by and old.claimed_until > now() then old.claimed_by end;
  begin
    if new.status <> old.status or ousted is not null then
      insert into faults_attempt_change values (new.id, old.status, new.status, ousted);
    end if;
    return null;
  end $$;
  create trigger faults_watch_attempt after update on tender_payment_attempt
    for each row execute function faults_watch_attempt();`;

/** From now on, writes down every change of an attempt. */
export async function watchAttempts(database: Database): Promise<void> {
  await database.rows(WATCH);
}
