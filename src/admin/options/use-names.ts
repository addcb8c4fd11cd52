import type { AdminPaymentProvider, AdminProviderMethod } from "../../api/admin/tender/providers/contract";
import { useTexts } from "../lib/use-texts";

/** What providers and methods are called in the operator's language. */
export function useNames() {
  const { t, language, method: commonName } = useTexts();

  /** Its service and account; for another plugin's provider what its id says. */
  function providerName({
    id,
    name,
    account,
  }: Pick<AdminPaymentProvider, "id" | "name" | "account">): string {
    if (name !== null) {
      return account === null ? name : t("options.provider_name", { name, account });
    }
    const common = commonName(id);
    return common === id ? readable(id) : common;
  }

  /** Its common name, else its gateway's, else what its id says. */
  function methodName(id: string, { names }: Pick<AdminProviderMethod, "names">): string {
    const common = commonName(id);
    return common !== id ? common : (names[language]?.title ?? names["en"]?.title ?? readable(id));
  }

  return { providerName, methodName };
}

/** `pp_acme-pay_main` reads "Acme pay main". */
function readable(id: string): string {
  const words = id
    .replace(/^pp_/, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
  return words === "" ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
