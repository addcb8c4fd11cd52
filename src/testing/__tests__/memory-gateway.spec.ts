import { describeGatewayConformance } from "..";
import { memoryHarness } from "./support/memory-gateway";

describeGatewayConformance("a good gateway in memory", memoryHarness());
