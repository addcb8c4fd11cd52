import type { ReactElement } from "react";
import { useWording } from "./wording-context";

/** The way back to the store's own site; nothing where the operator named none. */
export function StoreLink({ url }: Readonly<{ url: string | undefined }>): ReactElement | null {
  const { t } = useWording();
  if (!url) return null;
  return (
    <a className="tender-button tender-button--secondary" href={url}>
      {t("store.back")}
    </a>
  );
}
