import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";

/** What to give PayPal's SDK, which has no option for another host. */
export type SdkOptions = Readonly<{
  unstable_httpClientOptions: Readonly<{
    transport: Readonly<{
      request(options: RequestOptions, answered: (response: IncomingMessage) => void): ClientRequest;
    }>;
  }>;
}>;

/** Sends what the SDK's axios asks of PayPal's host to the simulator instead, path, headers and body as they are. */
export function sdkOptions(url: () => string): SdkOptions {
  return {
    unstable_httpClientOptions: {
      transport: {
        request: (options, answered) => {
          const { hostname, port } = new URL(url());
          // The agent is of the https kind, and the host header would name PayPal.
          return httpRequest(
            { ...options, protocol: "http:", hostname, port, host: null, agent: undefined },
            answered,
          );
        },
      },
    },
  };
}
