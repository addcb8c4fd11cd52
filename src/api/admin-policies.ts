/**
 * What an operator must be permitted where the store uses Medusa's roles. They are Medusa's own permissions, so that
 * whoever may see or refund payments there may do it here.
 */
export const MAY_SEE_PAYMENTS = { resource: "payment", operation: "read" } as const;
export const MAY_REFUND = { resource: "refund", operation: "create" } as const;
export const MAY_CHANGE_PAYMENTS = { resource: "payment", operation: "update" } as const;
export const MAY_SEE_SETTINGS = { resource: "region", operation: "read" } as const;
export const MAY_CHANGE_SETTINGS = { resource: "region", operation: "update" } as const;
export const MAY_SEE_CUSTOMERS = { resource: "customer", operation: "read" } as const;
export const MAY_CHANGE_CUSTOMERS = { resource: "customer", operation: "update" } as const;
