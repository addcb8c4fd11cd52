import type { AdminPaymentAttempt, AdminPaymentOperation } from "../../api/admin-contract";

type Category = NonNullable<AdminPaymentAttempt["decline"]>["category"];
type Recovery = NonNullable<AdminPaymentAttempt["recovery"]>["action"];
type ErrorKind = NonNullable<AdminPaymentOperation["error"]>["kind"];

/** The dashboard's name for our texts, so that they meet nobody else's. */
export const NAMESPACE = "tender";

/** Every text of the admin in one language. The compiler refuses a language with a gap. */
export type AdminTexts = Readonly<{
  attempts: Readonly<{
    title: string;
    empty: string;
    error: string;
    retry: string;
    fallback: string;
    reference: string;
    code: string;
    network_code: string;
    advice_code: string;
    rule: string;
    operations: string;
    no_operations: string;
    still_running: string;
  }>;
  methods: Readonly<Record<string, string>>;
  statuses: Readonly<Record<AdminPaymentAttempt["status"], string>>;
  declines: Readonly<Record<Category, string>>;
  recoveries: Readonly<Record<Recovery, string>>;
  kinds: Readonly<Record<AdminPaymentOperation["kind"], string>>;
  outcomes: Readonly<Record<AdminPaymentOperation["status"], string>>;
  errors: Readonly<Record<ErrorKind, string>>;
}>;
