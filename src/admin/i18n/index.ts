import { ar } from "./ar";
import { en } from "./en";
import { NAMESPACE } from "./texts";

/** Merged into the dashboard's own texts. */
export default {
  en: { [NAMESPACE]: en },
  ar: { [NAMESPACE]: ar },
};
