import { ar } from "./ar/all";
import { en } from "./en/all";
import { NAMESPACE } from "./texts";

/** Merged into the dashboard's own texts. */
export default {
  en: { [NAMESPACE]: en },
  ar: { [NAMESPACE]: ar },
};
