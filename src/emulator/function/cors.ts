import type { HeaderList, Reply } from '../../scenarios/outcome.ts';
import type { Call } from '../call.ts';
import { textReply } from './replies.ts';
import type { Stack } from './stacks.ts';

/**
 * Starlette's CORSMiddleware as Modal configures it: every origin, method and header, with
 * credentials. Source: facts/modal-endpoint.md 2.1 and 3; tests/conformance (family cors).
 */
export interface Cors {
  /** The answer to a preflight on any path; null when the call is none. */
  preflight(call: Call): Reply | null;
  /** Adds the headers that the call's origin asks for. */
  decorate(call: Call, reply: Reply): Reply;
}

/** Makes the middleware as the Starlette of a stack has it. */
export function createCors({ traits }: Stack): Cors {
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  if (traits.corsQueryMethod) methods.push('QUERY');
  const vary = ['Origin'];
  if (traits.corsVariesByPreflight) {
    vary.push('Access-Control-Request-Method', 'Access-Control-Request-Headers');
    vary.push('Access-Control-Request-Private-Network');
  }
  const preflightHeaders: HeaderList = [
    ['vary', vary.join(', ')],
    ['access-control-allow-methods', methods.join(', ')],
    ['access-control-max-age', '600'],
    ['access-control-allow-credentials', 'true'],
  ];

  return {
    preflight(call) {
      if (call.method !== 'OPTIONS') return null;
      const origin = call.header('origin');
      const method = call.header('access-control-request-method');
      if (origin === null || method === null) return null;
      const requestedHeaders = call.header('access-control-request-headers');
      const headers: HeaderList = [
        ...preflightHeaders,
        ['access-control-allow-origin', origin],
        ...(requestedHeaders === null
          ? []
          : [['access-control-allow-headers', requestedHeaders] as const]),
      ];
      const failures: string[] = methods.includes(method) ? [] : ['method'];
      const wantsPrivateNetwork = call.header('access-control-request-private-network') !== null;
      if (traits.corsPrivateNetwork && wantsPrivateNetwork) failures.push('private-network');
      if (failures.length === 0) return textReply(200, 'OK', headers);
      return textReply(400, `Disallowed CORS ${failures.join(', ')}`, headers);
    },

    decorate(call, reply) {
      const origin = call.header('origin');
      if (traits.corsEchoesOrigin) {
        return origin === null ? varied(reply) : varied(allowed(reply, origin));
      }
      if (origin === null) return reply;
      if (call.header('cookie') === null) return allowed(reply, '*');
      return varied(allowed(reply, origin));
    },
  };
}

function allowed(reply: Reply, origin: string): Reply {
  const headers: HeaderList = [
    ...reply.headers,
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
  ];
  return { ...reply, headers };
}

// The same answer is given again and again; so is its varied twin.
const variedReplies = new WeakMap<Reply, Reply>();

function varied(reply: Reply): Reply {
  const known = variedReplies.get(reply);
  if (known !== undefined) return known;
  const vary = reply.headers.find(([name]) => name.toLowerCase() === 'vary')?.[1];
  const others = reply.headers.filter(([name]) => name.toLowerCase() !== 'vary');
  const value = vary === undefined ? 'Origin' : `${vary}, Origin`;
  const twin: Reply = { ...reply, headers: [...others, ['vary', value]] };
  variedReplies.set(reply, twin);
  return twin;
}
