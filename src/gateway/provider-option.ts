/** The option through which `tenderPayments()` tells a provider the id it was listed under. */
export const PROVIDER_OPTION = "tender_provider_id";
