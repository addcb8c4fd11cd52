import { useEffect, useState } from "react";
import type { GatewayForm, GatewayFormParts } from "../gateway-form";

/**
 * Loads what is heavy about a gateway's form; null until it is there.
 * @param tries a new number loads it again
 */
export function useGatewayParts(
  form: GatewayForm,
  tries: number,
  onFailure: () => void,
): GatewayFormParts | null {
  const [parts, setParts] = useState<GatewayFormParts | null>(null);
  useEffect(() => {
    let isWanted = true;
    form.load().then(
      (loaded) => isWanted && setParts(loaded),
      () => isWanted && onFailure(),
    );
    return () => {
      isWanted = false;
    };
    // A new function from the component around it is no reason to load again.
  }, [form, tries]);
  return parts;
}
