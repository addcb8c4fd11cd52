export * from "./approval-rate";
export * from "./period";
export * from "./time-steps";
