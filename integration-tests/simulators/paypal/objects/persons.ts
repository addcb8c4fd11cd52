import type { Payer } from "../contract/types";
import { accountIdFor } from "../ids";
import type { Person } from "../records";

/** Who approves when a test names nobody. */
export const BUYER: Person = person("buyer@personal.example.com");

/** The PayPal account behind an email address; the same address is always the same account. */
export function person(email_address: string): Person {
  const payer_id = accountIdFor(email_address);
  return { payer_id, email_address, given_name: "John", surname: "Doe", country_code: "US" };
}

export function payerOf({ payer_id, email_address, given_name, surname, country_code }: Person): Payer {
  return {
    payer_id,
    email_address,
    name: { given_name, surname },
    address: { country_code },
  };
}
