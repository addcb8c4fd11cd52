import type { Published } from "../contract/specifications";
import { publishes } from "./error-answer";

/**
 * The issue that `PayPal-Mock-Response: {"mock_application_codes": "…"}` asks for, without anything being done
 * (docs: Simulate negative responses with request headers). Codes that the operation does not have are passed over.
 */
export function mockedIssue(header: string | null, published: Published | undefined): string | undefined {
  const issue = header === null ? undefined : codeIn(header);
  return issue !== undefined && publishes(published, issue) ? issue : undefined;
}

function codeIn(header: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(header);
    const code =
      typeof parsed === "object" && parsed !== null
        ? Reflect.get(parsed, "mock_application_codes")
        : undefined;
    return typeof code === "string" ? code : undefined;
  } catch {
    // PayPal does what was asked when the header says nothing.
    return undefined;
  }
}
