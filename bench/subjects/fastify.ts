/** Fastify as its guide recommends it: a JSON schema for the body and one for the answer. */
import Fastify from 'fastify';

const promptSchema = {
  type: 'object',
  required: ['prompt'],
  properties: { prompt: { type: 'string' } },
} as const;

const app = Fastify();
app.post('/', {
  schema: { body: promptSchema, response: { 200: promptSchema } },
  handler: (_request, reply) => reply.send({ prompt: 'hello world' }),
});

const url = await app.listen({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ url }));
process.once('SIGTERM', () => process.exit(0));
